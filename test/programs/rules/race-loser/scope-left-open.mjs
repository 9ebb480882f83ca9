// The loser only waits, but in an open session, which nobody closes for a long time.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function ask() {
  return withScope('session', () => sleep(300, 'answer')) // with: race-loser
}

console.log(await Promise.race([ask(), sleep(20, 'no answer')])) // expect: race-loser
