// `for await` over an array: its body stays in the task.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task main
  await null
  mark('f after') // task main
}

for await (const value of [1, Promise.resolve(2)]) mark('body', value) // task main
for await (const value of [null]) await f(value)
mark('end') // task main
