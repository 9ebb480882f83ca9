// Chains whose callbacks return promises, while Node runs microtasks between two timers.
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

await Promise.all([open('a').then((scope) => close(scope)), open('b').then((scope) => close(scope))])
await Promise.all([open('c').then((scope) => close(scope)).catch(() => {}), sleep(1)])

async function nested() {
  const scope = await new Promise((resolve) => process.nextTick(() => resolve(enterScope('d'))))
  await sleep(1).then(() => close(scope))
}
await Promise.all([nested(), nested(), new Promise((resolve) => setImmediate(resolve))])
