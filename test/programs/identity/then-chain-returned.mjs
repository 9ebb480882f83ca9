// A function that is not async returns a chain, and its caller waits for it.
import { mark } from '../mark.mjs'

async function f() {
  await null
  mark('f') // task main
}

function chain() {
  return f().then(() => mark('then')) // task main
}

async function outer() {
  return chain().finally(() => mark('finally')) // task main
}

await outer()
mark('end') // task main
