// `return f()` inside a spawned task: the callee is part of the spawned task.
import { mark } from '../mark.mjs'

async function inner() {
  mark('inner before') // task outer
  await null
  mark('inner after') // task outer
}

async function outer() {
  await null
  mark('outer') // task outer, spawned by main, joined by main
  return inner()
}

const promise = outer()
await null
await promise
mark('end') // task main
