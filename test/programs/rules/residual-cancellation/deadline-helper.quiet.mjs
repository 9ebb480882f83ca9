// A helper makes the signal, starts its deadline and returns it: the deadline is the caller's.
import { setTimeout as sleep } from 'node:timers/promises'

async function withDeadline(ms) {
  await null
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ms)
  controller.signal.throwIfAborted()
  return controller.signal
}

const signal = await withDeadline(100)
signal.throwIfAborted()
await sleep(60_000, null, { signal }).catch((error) => console.log(error.name))
