// The program's own promise hooks, set and stopped.
import { promiseHooks } from 'node:v8'

const own = new Set() // not what was there before
const counts = { before: 0, after: 0, settled: 0 }
const count = (what, promise) => own.has(promise) && counts[what]++
const stop = promiseHooks.createHook({
  init: (promise) => own.add(promise),
  before: (promise) => count('before', promise),
  after: (promise) => count('after', promise),
  settled: (promise) => count('settled', promise),
})

async function f() {
  await null
}
await f()
await Promise.all([f(), f()])
stop()
await f()
console.log(own.size, counts)
