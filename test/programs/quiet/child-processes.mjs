// Children run in a scope that waits for them; each has scopes of its own.
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withScope } from 'scope-trace'

if (process.send) {
  await withScope('in the child', async () => {
    await null
  })
  process.disconnect()
} else {
  await withScope('children', async () => {
    const forked = fork(fileURLToPath(import.meta.url))
    const spawned = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5)'])
    await Promise.all([once(forked, 'exit'), once(spawned, 'exit')])
  })
}
