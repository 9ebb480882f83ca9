// Two calls, then the first is awaited: the caller waits for that one at once, the other is spawned.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task main
  await null
  mark('f after') // task main
}

async function g() {
  mark('g before') // task g, spawned by main, joined by main
  await null
  mark('g after') // task g
}

const first = f()
const second = g()
await first
await second
mark('end') // task main
