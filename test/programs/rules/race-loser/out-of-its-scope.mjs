// The loser also outlives the scope it was started in: that is one mistake, and the race is its cause.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function work() {
  for (let step = 0; step < 12; step++) await sleep(25)
}

async function handle() {
  await Promise.race([work(), sleep(20)]) // expect: race-loser
}

await withScope('request', handle)
await sleep(350)
