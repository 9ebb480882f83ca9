// `return f()` hands the promise on to whoever awaits the outer call.
import { mark } from '../mark.mjs'

async function inner() {
  mark('inner before') // task main
  await null
  mark('inner after') // task main
  return 1
}

async function outer() {
  mark('outer') // task main
  return inner()
}

async function outerLate() {
  await null
  mark('outer late') // task main
  return inner2()
}

async function inner2() {
  mark('inner2 before') // task main
  await null
  mark('inner2 after') // task main
}

await outer()
await outerLate()
mark('end') // task main
