// A call inside `run` that nobody waits for is a task of its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { mark } from '../mark.mjs'

const storage = new AsyncLocalStorage()
async function f() {
  mark('before') // task f, spawned by main, not joined
  await null
  mark('after') // task f
}

storage.run('a', f)
mark('next') // task main
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
