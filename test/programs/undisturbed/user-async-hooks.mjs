// The program's own async hooks see the program's own resources, in the same order.
import { AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } from 'node:async_hooks'

const seen = []
const types = new Map()
const hook = createHook({
  init: (id, type) => types.set(id, type),
  before: (id) => seen.push(`before ${types.get(id)}`),
  after: (id) => seen.push(`after ${types.get(id)}`),
  promiseResolve: (id) => seen.push(`resolve ${types.get(id)}`),
}).enable()

async function f() {
  await null
  seen.push('f')
}

await f()
const resource = new AsyncResource('Mine')
resource.runInAsyncScope(() => {
  seen.push(`inside ${executionAsyncId() === resource.asyncId()} ${triggerAsyncId() === resource.triggerAsyncId()}`)
})
await new Promise((resolve) => setTimeout(resolve, 1))
setImmediate(() => {
  seen.push(`immediate ${executionAsyncResource().constructor.name}`)
  hook.disable()
  console.log(seen.join('\n'))
})
