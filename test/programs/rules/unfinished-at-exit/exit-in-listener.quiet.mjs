// The same after the job.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

process.on('exit', () => process.exit(0))

async function job() {
  await withScope('job', async () => {
    await sleep(10)
  })
}

const running = job()
await sleep(1)
await running
process.exit()
