// Two jobs share a connection. Each deadline is that of its query alone.
import { setTimeout as sleep } from 'node:timers/promises'

const connection = new AbortController()

async function query(ms) {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new Error('query timed out')), 100)
  const signal = AbortSignal.any([connection.signal, deadline.signal])
  await (ms === 0 ? signal.throwIfAborted() : sleep(ms, null, { signal }))
  clearTimeout(timer)
}

async function job(ms) {
  await query(ms)
}

setImmediate(async () => {
  await job(0)
  setImmediate(() => job(60_000).catch((error) => console.log(error.name)))
})
