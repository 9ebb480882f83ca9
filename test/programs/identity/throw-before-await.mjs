// An async function that throws at once is still awaited by its caller.
import { mark } from '../mark.mjs'

async function f() {
  mark('f') // task main
  throw new Error('expected')
}

try {
  await f()
} catch {
  mark('caught') // task main
} finally {
  mark('finally') // task main
}
await f2().catch(() => mark('handler')) // task main

async function f2() {
  throw new Error('expected')
}
mark('end') // task main
