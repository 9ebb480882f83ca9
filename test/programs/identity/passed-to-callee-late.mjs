// The awaited callee waits for something else before it waits for the promise it was given.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main, joined by main
  await null
  mark('f after') // task f
}

async function settle(promise) {
  await null
  mark('settle') // task main
  await promise
  mark('settled') // task main
}

await settle(f())
mark('end') // task main
