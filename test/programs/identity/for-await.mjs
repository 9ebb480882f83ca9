// A generator runs in the task that advances it.
import { mark } from '../mark.mjs'

async function f() {
  await null
  mark('callee') // task main
}

async function* numbers() {
  mark('gen start') // task main
  yield 1
  await null
  mark('gen middle') // task main
  await f()
  yield 2
  mark('gen end') // task main
}

for await (const n of numbers()) mark('body', n) // task main
mark('end') // task main
