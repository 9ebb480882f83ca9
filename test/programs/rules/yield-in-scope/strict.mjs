// options: --strict
// One task iterates from beginning to end; a yield inside a scope is reported with --strict alone.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor') // expect: yield-in-scope
  try {
    yield 1 // with: yield-in-scope
    yield 2
  } finally {
    scope.exit()
  }
}

for await (const row of rows()) console.log(row)
