// The scope is left when both have ended.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function work() {
  for (let step = 0; step < 12; step++) await sleep(25)
}

async function handle() {
  const working = work()
  await Promise.race([working, sleep(20)])
  console.log('still at work')
  await working
}

await withScope('request', handle)
