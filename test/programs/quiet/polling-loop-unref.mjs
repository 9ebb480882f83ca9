// A daemon's own loop sleeps on timers that do not keep the process alive.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function poll() {
  for (;;) {
    await withScope('poll', async () => {
      await null
    })
    await sleep(5, undefined, { ref: false })
  }
}

poll()
await withScope('work', () => sleep(40))
console.log('done')
