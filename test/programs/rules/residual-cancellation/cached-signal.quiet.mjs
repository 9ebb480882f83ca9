// The cache asks whether the signal still holds, and makes a new one.
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

let cached

async function job(name) {
  if (cached === undefined || cached.signal.aborted) cached = new AbortController()
  const { signal } = cached
  signal.throwIfAborted()
  const controller = cached
  await turn(null, { signal })
  setTimeout(() => controller.abort(new Error(`${name} is over`)), 5)
}

setImmediate(() => job('first'))
while (cached?.signal.aborted !== true) await sleep(5)
setImmediate(() => job('second').catch((error) => console.log(error.message)))
