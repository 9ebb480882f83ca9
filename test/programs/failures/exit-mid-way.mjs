// Leaves by `process.exit` while a job holds a scope.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

void withScope('interrupted', () => sleep(60_000))
await withScope('finished', () => sleep(1))
console.log('done')
process.exit(4)
