// Timers in races that are nobody's mistake: one deadline for several steps that is cleared at the
// end, one that the next scope goes on with, and a sleep that keeps a step from being too fast.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const step = async () => sleep(2)
let timer
let shared

await withScope('steps', async () => {
  const deadline = new Promise((resolve) => { timer = setTimeout(resolve, 1000) })
  for (let n = 0; n < 3; n++) await Promise.race([step(), deadline])
  clearTimeout(timer)
})

await withScope('first', async () => {
  shared = new Promise((resolve) => { timer = setTimeout(resolve, 300) })
  await Promise.race([step(), shared])
})
await withScope('second', async () => {
  await Promise.race([sleep(20), shared])
  await shared
})

await withScope('slow enough', async () => {
  await Promise.all([step(), sleep(20)])
})
await sleep(250)
