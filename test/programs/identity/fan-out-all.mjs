// Members of `Promise.all` are tasks of their own, joined by the waiter.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main, joined by main
  await null
  mark('f after') // task f
}

async function g() {
  mark('g before') // task g, spawned by main, joined by main
  await null
  await null
  mark('g after') // task g
}

await Promise.all([f(), g()])
mark('end') // task main
