// One member of a fan-out opens, its sibling closes.
import { enterScope } from 'scope-trace'

let scope

async function opener() {
  scope = enterScope('shared')
  await null
}

async function closer() {
  await new Promise((resolve) => setImmediate(resolve))
  scope.exit() // expect: cross-task-exit
}

await Promise.all([opener(), closer()])
