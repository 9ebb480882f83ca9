// `break` runs the generator's clean-up in the task that left the loop.
import { mark } from '../mark.mjs'

async function* numbers() {
  try {
    yield 1
    yield 2
  } finally {
    mark('finally start') // task main
    await null
    mark('finally end') // task main
  }
}

for await (const n of numbers()) {
  mark('body', n) // task main
  break
}
mark('end') // task main
