// The program's own promise hooks, set and stopped.
import { promiseHooks } from 'node:v8'

const counts = { init: 0, before: 0, after: 0, settled: 0 }
const stop = promiseHooks.createHook({
  init: () => counts.init++,
  before: () => counts.before++,
  after: () => counts.after++,
  settled: () => counts.settled++,
})

async function f() {
  await null
}
await f()
await Promise.all([f(), f()])
stop()
await f()
console.log(counts)
