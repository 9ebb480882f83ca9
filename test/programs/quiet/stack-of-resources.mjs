// Scopes as disposable resources, closed in reverse order by one stack.
import { enterScope } from 'scope-trace'

const resources = []
async function open(name) {
  await null
  const scope = enterScope(name)
  resources.push(scope)
  return scope
}

async function closeAll() {
  while (resources.length > 0) {
    await null
    resources.pop().exit()
  }
}

try {
  await open('database')
  await open('cache')
  await open('lock')
} finally {
  await closeAll()
}
