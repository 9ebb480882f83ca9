// The work wins, and the timer of the timeout stays armed: it comes due when nobody waits any more.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

function withTimeout(work, ms) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('timed out')), ms) // expect: leaked-timer
  })
  return Promise.race([work, late])
}

await withScope('request', async () => { // with: leaked-timer
  await withTimeout(sleep(5), 400)
})
