// Removes the folder of the recording while it is being written.
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

await withScope('before', () => sleep(200))
rmSync(process.env.SCOPE_TRACE_SESSION ?? '/no/such/folder', { recursive: true, force: true })
for (let n = 0; n < 100; n++) await withScope(`after ${n}`, () => sleep(1))
console.log('done')
