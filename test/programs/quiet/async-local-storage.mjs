// Each request has a store of its own, and scopes inside.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const storage = new AsyncLocalStorage()
async function query() {
  await withScope('query', () => sleep(1))
  return storage.getStore()
}

const request = (n) => storage.run(n, () => withScope(`request ${n}`, query))
const seen = await Promise.all([1, 2, 3].map(request))
console.log(seen.join(' '))
