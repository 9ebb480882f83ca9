// Awaiting promises that are rejected, already or later.
import { mark } from '../mark.mjs'

async function f(promise) {
  try {
    await promise
  } catch {
    mark('caught in f', ++round) // task main
    await null
  }
  mark('f end', round) // task main
}

let round = 0
await f(Promise.reject(new Error('expected')))
await f(new Promise((_, reject) => setImmediate(reject, new Error('expected'))))
await Promise.reject(new Error('expected')).catch(() => mark('handler')) // task main
mark('end') // task main
