// options: --abort-grace 300
// The handler waits for the report, which takes long, although the query was aborted.
import { setTimeout as sleep } from 'node:timers/promises'

async function query(signal) {
  await sleep(5000, undefined, { signal })
}

async function report() {
  for (let page = 0; page < 40; page++) await sleep(20)
}

async function handle(signal) {
  const reporting = report()
  try {
    await query(signal)
  } finally {
    await reporting
  }
}

async function serve() {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('the client left')), 20)
  await handle(controller.signal).catch((error) => console.log(error.name))
}

setImmediate(() => serve())
