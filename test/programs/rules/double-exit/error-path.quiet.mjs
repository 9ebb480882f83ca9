// Closed in one place.
import { enterScope } from 'scope-trace'

async function work() {
  const scope = enterScope('work')
  try {
    await null
    throw new Error('expected')
  } catch {
    // nothing to do
  } finally {
    scope.exit()
  }
}

await work()
