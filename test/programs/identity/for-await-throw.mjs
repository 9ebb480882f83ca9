// An error in the loop's body runs the clean-up in the same task; so does one in the generator.
import { mark } from '../mark.mjs'

async function* numbers() {
  try {
    yield 1
    await null
    throw new Error('expected')
  } finally {
    mark('finally', ++rounds) // task main
  }
}

let rounds = 0
try {
  for await (const n of numbers()) throw new Error(`expected ${n}`)
} catch {
  mark('caught body') // task main
}
try {
  for await (const n of numbers()) mark('body', n) // task main
} catch {
  mark('caught generator') // task main
}
