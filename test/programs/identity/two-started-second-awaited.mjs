// Two calls, then the second is awaited first.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main, joined by main
  await null
  mark('f after') // task f
}

async function g() {
  mark('g before') // task main
  await null
  mark('g after') // task main
}

const first = f()
const second = g()
await second
await first
mark('end') // task main
