// The promise is given to an awaited callee, which waits for it first: still one line.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task main
  await null
  mark('f after') // task main
}

async function settle(promise) {
  mark('settle') // task main
  await promise
  mark('settled') // task main
}

await settle(f())
mark('end') // task main
