// Work is run in a scope that was handed out of its `withScope`.
import { withScope } from 'scope-trace'

let kept
await withScope('transaction', async (scope) => {
  kept = scope
  await null
})
await kept.run(async () => null) // expect: use-after-exit
