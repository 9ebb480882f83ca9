// Waiting with timers/promises keeps the task.
import { scheduler, setImmediate, setInterval, setTimeout } from 'node:timers/promises'
import { mark } from '../mark.mjs'

async function f() {
  await setTimeout(1)
  mark('f') // task main
}

await f()
await setImmediate()
mark('immediate') // task main
await scheduler.wait(1)
let n = 0
for await (const _ of setInterval(1)) {
  mark('interval', ++n) // task main
  if (n === 2) break
}
mark('end') // task main
