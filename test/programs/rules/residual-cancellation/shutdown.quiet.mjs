// A signal that stops the whole program, and requests that come too late.
import { setTimeout as sleep } from 'node:timers/promises'

const shutdown = new AbortController()

async function request(ms) {
  shutdown.signal.throwIfAborted()
  await sleep(ms, null, { signal: shutdown.signal })
}

async function stopSoon() {
  await request(1).catch((error) => console.log(error.name))
  setTimeout(() => shutdown.abort(new Error('shutting down')), 100)
}

setImmediate(() => request(1).catch((error) => console.log(error.name)))
setImmediate(() => request(60_000).catch((error) => console.log(error.name)))
setImmediate(stopSoon)
setTimeout(() => request(1).catch((error) => console.log(error.message)), 300)
