// The poller is told to stop, and waited for.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let stopped = false
async function poll() {
  while (!stopped) await sleep(5)
}

await withScope('observation', async () => {
  const polling = poll()
  await sleep(20)
  stopped = true
  await polling
})
