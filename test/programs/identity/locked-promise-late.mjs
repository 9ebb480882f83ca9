// The same, with something else awaited in between.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task f, spawned by main, joined by main
  await null
  mark('after') // task f
}

const locked = new Promise((resolve) => resolve(f()))
await null
mark('between') // task main
await locked
mark('end') // task main
