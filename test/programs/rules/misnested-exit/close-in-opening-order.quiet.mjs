// The list is closed from the back.
import { enterScope } from 'scope-trace'

async function open(name) {
  await null
  return enterScope(name)
}

const opened = []
for (const name of ['database', 'cache']) opened.push(await open(name))
await null
for (const scope of opened.reverse()) {
  scope.exit()
}
