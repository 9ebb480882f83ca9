// AsyncLocalStorage changes what is stored, not which task runs.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { mark } from '../mark.mjs'

const storage = new AsyncLocalStorage()
async function f(round) {
  mark('before', round) // task main
  await null
  mark('after', round, storage.getStore()) // task main
}

await storage.run('a', f, 1)
await storage.run('b', async () => {
  await f(2)
})
storage.run('c', () => mark('sync')) // task main
await storage.exit(() => f(3))
const resource = new AsyncResource('Pool')
await resource.runInAsyncScope(f, undefined, 4)
mark('end') // task main
