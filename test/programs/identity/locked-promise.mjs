// A promise that is resolved with the promise of a call waits for it, and the caller waits for both.
import { mark } from '../mark.mjs'

async function f(round) {
  mark('before', round) // task main
  await null
  mark('after', round) // task main
}

await Promise.resolve(f(1))
await new Promise((resolve) => resolve(f(2)))
await (async () => f(3))()
mark('end') // task main
