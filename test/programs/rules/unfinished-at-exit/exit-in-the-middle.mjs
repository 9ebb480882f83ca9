// The process exits while a job is in the middle of its scope.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function job() {
  await withScope('job', async () => { // expect: unfinished-at-exit
    await sleep(10_000)
  })
}

void job()
setTimeout(() => process.exit(), 10)
