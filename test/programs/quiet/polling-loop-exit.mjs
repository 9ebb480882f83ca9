// A daemon polls for ever; it ends by `process.exit` when told to.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let polls = 0
async function poll() {
  for (;;) {
    await withScope('poll', async () => {
      polls++
      await null
    })
    await sleep(5)
  }
}

poll()
setTimeout(() => {
  console.log(polls > 0)
  process.exit(0)
}, 60)
