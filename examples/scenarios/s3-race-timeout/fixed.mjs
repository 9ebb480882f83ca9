// node: >=24, where AsyncDisposableStack is part of the language
// S3, mended. The timeout is a signal that the query obeys, so that it ends and cleans up first.
import { setTimeout as sleep } from 'node:timers/promises'

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
  return await query('select * from orders', AbortSignal.timeout(30))
}

console.log(await countOrders().catch((error) => error.cause?.message ?? error.message))
