// One child is waited for; another outlives the job on purpose and is ended later; a third is unref'd.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const loop = "process.stdin.on('end', () => process.exit()).resume(); console.log('ready')"
const kept = []

for (let n = 0; n < 2; n++) {
  await withScope('job', async () => {
    const child = spawn(process.execPath, ['-e', loop])
    await once(child.stdout, 'data')
    child.stdin.end()
    await once(child, 'exit')
    kept.push(spawn(process.execPath, ['-e', loop]))
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)'], { detached: true, stdio: 'ignore' }).unref()
  })
}
await sleep(250)
await Promise.all(kept.map((child) => {
  child.stdin.end()
  return once(child, 'exit')
}))
process.exit()
