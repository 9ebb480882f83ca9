// node: >=24, where AsyncDisposableStack is part of the language
// S3, cured. When time is up the query is cancelled and waited for; nothing is left to lose a race.
import { setTimeout as sleep } from 'node:timers/promises'
import { deadline } from 'scope-trace/remedies'

async function query(sql, signal) {
  const connection = new AsyncDisposableStack()
  connection.defer(() => sleep(1))
  try {
    let rows = 0
    while (rows < 60) {
      await sleep(10, undefined, { signal })
      rows++
    }
    return `${sql}: ${rows} rows`
  } finally {
    await connection.disposeAsync()
  }
}

async function countOrders() {
  return await deadline(30, ({ signal }) => query('select * from orders', signal))
}

console.log(await countOrders().catch((error) => error.message))
