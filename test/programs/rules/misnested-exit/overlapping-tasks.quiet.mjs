// Scopes of different tasks overlap as they please.
import { enterScope } from 'scope-trace'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function member(name, turns) {
  const scope = enterScope(name)
  for (let n = 0; n < turns; n++) await turn()
  scope.exit()
}

await Promise.all([member('short', 1), member('long', 3), member('middle', 2)])
