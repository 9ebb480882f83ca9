// options: --strict
// A member of a fan-out closes the scope of the line that started it and waits for it.
import { enterScope } from 'scope-trace'

async function load(scope, n) {
  await null
  if (n === 2) scope.exit() // expect: cross-task-exit
}

const scope = enterScope('batch')
await Promise.all([1, 2].map((n) => load(scope, n)))
