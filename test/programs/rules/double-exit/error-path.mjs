// Closed on the error path and again in `finally`.
import { enterScope } from 'scope-trace'

async function work() {
  const scope = enterScope('work')
  try {
    await null
    throw new Error('expected')
  } catch {
    scope.exit()
  } finally {
    scope.exit() // expect: double-exit
  }
}

await work()
