// The scope is given to a task that nobody waits for, and that closes it.
import { enterScope } from 'scope-trace'

async function finish(scope) {
  await new Promise((resolve) => setImmediate(resolve))
  scope.exit() // expect: cross-task-exit
}

async function handle() {
  const scope = enterScope('request')
  void finish(scope)
}

await handle()
