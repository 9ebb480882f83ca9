// A handler returns a promise: the chain waits for it, and the caller waits for the chain.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task main
  await null
  mark('f after') // task main
}

await Promise.resolve().then(() => f())
await Promise.resolve().then(async () => {
  mark('async handler before') // task main
  await null
  mark('async handler after') // task main
})
await Promise.resolve().then(() => f2()).then(() => mark('next')) // task main

async function f2() {
  await null
  mark('f2') // task main
}
