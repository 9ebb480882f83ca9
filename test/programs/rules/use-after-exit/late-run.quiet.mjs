// The work is run while the scope is open.
import { withScope } from 'scope-trace'

await withScope('transaction', async (scope) => {
  await scope.run(async () => null)
})
