// Ends by an error that nobody catches, while a job holds a scope.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

void withScope('interrupted', () => sleep(60_000))
setTimeout(() => {
  console.log('done')
  throw new Error('nobody catches this')
}, 5)
