// At shutdown the owner closes all it has at once, and waits.
import { enterScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

async function open(name) {
  await sleep(1)
  return enterScope(name)
}

async function close(scope) {
  await sleep(1)
  scope.exit()
}

const first = enterScope('first')
const second = await open('second')
await Promise.all([close(first), close(second)])

function query() {
  const scope = enterScope('query')
  return sleep(1).finally(() => scope.exit())
}
await query()
await Promise.all([query(), query()])

const request = enterScope('callback API')
await new Promise((resolve) => {
  setTimeout(() => {
    request.exit()
    resolve()
  }, 1)
})
