// options: --abort-grace 300
// The handler hands its signal to the query that it waits for, and not to the report that it starts.
import { setTimeout as sleep } from 'node:timers/promises'

async function query(signal) {
  await sleep(5000, undefined, { signal })
}

async function report() {
  for (let page = 0; page < 40; page++) await sleep(20)
}

async function handle(signal) {
  const reporting = report() // expect: ignored-cancellation
  await query(signal)
  await reporting
}

async function serve() {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('the client left')), 20) // with: ignored-cancellation
  await handle(controller.signal).catch((error) => console.log(error.name))
}

setImmediate(() => serve())
