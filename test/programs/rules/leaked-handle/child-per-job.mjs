// Each job starts a child and does not wait for its end.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const loop = "process.stdin.on('end', () => process.exit()).resume(); console.log('ready')"

for (let n = 0; n < 2; n++) {
  await withScope('job', async () => { // with: leaked-handle
    const child = spawn(process.execPath, ['-e', loop]) // expect: leaked-handle
    await once(child.stdout, 'data')
  })
}
await sleep(250)
process.exit()
