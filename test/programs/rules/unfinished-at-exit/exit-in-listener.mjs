// A listener of `exit` leaves by itself, as runners of tests do to set the exit code.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

process.on('exit', () => process.exit(0))

async function job() {
  await withScope('job', async () => { // expect: unfinished-at-exit
    await sleep(10_000)
  })
}

void job()
setTimeout(() => process.exit(), 10)
