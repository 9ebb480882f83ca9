// Ends by a rejection that nobody handles, inside a scope.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

void withScope('interrupted', () => sleep(60_000))
void withScope('failing', async () => {
  await sleep(1)
  console.log('done')
  throw new Error('nobody handles this')
})
