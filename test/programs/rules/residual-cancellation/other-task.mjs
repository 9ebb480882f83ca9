// Two jobs share a connection. The first one's deadline hits the second, through a signal of its own.
import { setTimeout as sleep } from 'node:timers/promises'

const connection = new AbortController()

async function query(ms) {
  setTimeout(() => connection.abort(new Error('query timed out')), 500) // expect: residual-cancellation
  const signal = AbortSignal.any([connection.signal, new AbortController().signal])
  await (ms === 0 ? signal.throwIfAborted() : sleep(ms, null, { signal }))
}

async function job(ms) {
  await query(ms)
}

setImmediate(async () => {
  await job(0)
  setImmediate(() => job(60_000).catch((error) => console.log(error.name)))
})
