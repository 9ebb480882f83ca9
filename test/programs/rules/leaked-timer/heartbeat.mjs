// Each job starts a heartbeat, and none stops it.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let beats = 0

for (let n = 0; n < 2; n++) {
  await withScope('job', async () => { // with: leaked-timer
    await sleep(1)
    setInterval(() => beats++, 20) // expect: leaked-timer
    await sleep(5)
  })
}
await sleep(250)
process.exit()
