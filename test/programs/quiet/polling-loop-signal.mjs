// A daemon that ends on SIGTERM, in the middle of its sleep.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function poll() {
  for (;;) {
    await withScope('poll', async () => {
      await null
    })
    await sleep(1000)
  }
}

process.once('SIGTERM', () => {
  console.log('stopped')
  process.exit(0)
})
poll()
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 30)
