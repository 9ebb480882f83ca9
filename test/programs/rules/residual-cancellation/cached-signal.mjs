// The first job makes a signal, aborts it when it is done, and leaves it in a cache for the next.
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

let cached

async function job(name) {
  cached ??= new AbortController()
  const { signal } = cached
  signal.throwIfAborted() // expect: residual-cancellation
  await turn(null, { signal })
  setTimeout(() => cached.abort(new Error(`${name} is over`)), 5) // with: residual-cancellation
}

setImmediate(() => job('first'))
while (cached?.signal.aborted !== true) await sleep(5)
setImmediate(() => job('second').catch((error) => console.log(error.message)))
