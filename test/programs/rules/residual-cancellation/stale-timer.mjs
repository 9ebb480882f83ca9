// Call 1 is done in time and leaves its timer behind, which aborts call 2.
import { setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()

async function work(ms, signal) {
  await (ms === 0 ? signal.throwIfAborted() : sleep(ms, null, { signal }))
}

async function call(number, ms) {
  setTimeout(() => controller.abort(new Error(`call ${number} timed out`)), 100) // expect: residual-cancellation
  await work(ms, controller.signal)
}

await call(1, 0)
await call(2, 60_000).catch((error) => console.log(error.name)) // with: residual-cancellation
