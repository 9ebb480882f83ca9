// Something else is awaited first: a task of its own, joined later.
import { mark } from '../mark.mjs'

async function other() {
  mark('other') // task main
  await null
}

async function f() {
  mark('f before') // task f, spawned by main, joined by main
  await null
  mark('f after') // task f
}

const promise = f()
await other()
mark('between') // task main
await promise
mark('end') // task main
