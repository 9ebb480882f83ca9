import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let beats = 0

for (let n = 0; n < 2; n++) {
  await withScope('job', async () => {
    await sleep(1)
    const heartbeat = setInterval(() => beats++, 20)
    await sleep(5)
    clearInterval(heartbeat)
  })
}
await sleep(250)
process.exit()
