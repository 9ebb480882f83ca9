// The members have scopes of their own; the batch is closed by the line that opened it.
import { enterScope, withScope } from 'scope-trace'

async function load(n) {
  await withScope(`load ${n}`, async () => {
    await null
  })
}

const scope = enterScope('batch')
await Promise.all([1, 2].map((n) => load(n)))
scope.exit()
