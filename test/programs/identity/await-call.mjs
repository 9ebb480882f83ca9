// The caller waits for the call at once: one task.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
}

mark('start') // task main
await f()
mark('end') // task main
