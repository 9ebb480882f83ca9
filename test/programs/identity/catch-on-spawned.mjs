// `f().catch(log)` and go on: the call is a task of its own.
import { mark } from '../mark.mjs'

async function bad() {
  mark('bad before') // task bad, spawned by main
  await null
  mark('bad after') // task bad
  throw new Error('expected')
}

bad().catch(() => {})
mark('next') // task main
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
