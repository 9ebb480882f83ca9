// The program's own async hooks see the program's own resources, in the same order.
import { AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } from 'node:async_hooks'

const seen = []
const types = new Map()
const say = (what, id) => types.has(id) && seen.push(`${what} ${types.get(id)}`) // not what was there before
const hook = createHook({
  init: (id, type) => types.set(id, type),
  before: (id) => say('before', id),
  after: (id) => say('after', id),
  promiseResolve: (id) => say('resolve', id),
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
