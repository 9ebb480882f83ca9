// The scope is given to a callee that the owner waits for: the same task closes it.
import { enterScope } from 'scope-trace'

async function finish(scope) {
  await new Promise((resolve) => setImmediate(resolve))
  scope.exit()
}

async function handle() {
  const scope = enterScope('request')
  await finish(scope)
}

await handle()
