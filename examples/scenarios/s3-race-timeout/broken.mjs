// node: >=24, where AsyncDisposableStack is part of the language
// S3. A timeout wins the race; the query that lost goes on, and its connection stays open.
import { setTimeout as sleep } from 'node:timers/promises'

async function query(sql) {
  const connection = new AsyncDisposableStack()
  connection.defer(() => sleep(1))
  let rows = 0
  while (rows < 60) {
    await sleep(10)
    rows++
  }
  await connection.disposeAsync()
  return `${sql}: ${rows} rows`
}

async function timeout(ms) {
  await sleep(ms)
  throw new Error(`no answer within ${ms} ms`)
}

async function countOrders() {
  return await Promise.race([query('select * from orders'), timeout(30)]) // expect: race-loser
}

console.log(await countOrders().catch((error) => error.message))
