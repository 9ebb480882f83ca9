// The line that joined the opener closes.
import { enterScope } from 'scope-trace'

let scope

async function opener() {
  scope = enterScope('shared')
  await null
}

async function worker() {
  await new Promise((resolve) => setImmediate(resolve))
}

await Promise.all([opener(), worker()])
scope.exit()
