// A linear chain that the caller waits for stays in its task, handlers and all.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
  throw new Error('expected')
}

await f()
  .then(() => 0)
  .catch(() => mark('catch')) // task main
  .then(() => mark('then')) // task main
  .finally(() => mark('finally')) // task main
mark('end') // task main
