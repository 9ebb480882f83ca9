// Nobody waits: a task of its own, from its first line.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main, not joined
  await null
  mark('f after') // task f
}

async function g() {
  mark('g before') // task g, spawned by main, not joined
  await null
  mark('g after') // task g
}

f()
mark('between') // task main
void g()
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
