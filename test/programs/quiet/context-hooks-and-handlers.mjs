// Async functions whose purpose is to set the context of whoever calls them.
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const seen = []
const read = (label) => seen.push(`${label} ${storage.getStore()?.user}`)

// A hook and a handler, called one after the other.
async function authenticate(request) {
  storage.enterWith({ user: request.user })
}
async function show() {
  await null
  read('show')
}
async function respond(request) {
  await authenticate(request)
  await show()
  await show()
}
await respond({ user: 'ada' })
await respond({ user: 'bob' })

// The same through a wrapper that runs whatever it is given, as frameworks and test runners do.
async function step(fn) {
  return await fn()
}
await step(() => storage.enterWith({ user: 'cyd' }))
await step(() => read('step'))
await step(show)
const hooks = [async () => storage.enterWith({ user: 'dan' }), async () => read('hook'), show]
for (const hook of hooks) await step(hook)

// A context that is made when there is none, for all that follows.
storage.enterWith(undefined)
async function ensure() {
  if (storage.getStore() === undefined) storage.enterWith({ user: 'made' })
  await null
  return storage.getStore()
}
for (let n = 0; n < 3; n++) seen.push((await ensure()).user)

// Entered once for the program.
async function boot() {
  storage.enterWith({ user: 'program' })
}
await boot()
await Promise.all([show(), show()])
await show()
console.log(seen.join())
