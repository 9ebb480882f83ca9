// The caller gives its promise to a task that it does not wait for, and goes on.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main
  await null
  mark('f after') // task f
}

async function waiter(promise) {
  mark('waiter before') // task waiter, spawned by main
  await promise
  mark('waiter after') // task waiter
}

void waiter(f())
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
