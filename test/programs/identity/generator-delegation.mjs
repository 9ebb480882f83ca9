// `yield*` hands every step to the inner generator: still the task that advances the outer one.
import { mark } from '../mark.mjs'

async function* inner() {
  mark('inner start') // task main
  yield 1
  await null
  mark('inner end') // task main
}

async function* outer() {
  mark('outer start') // task main
  yield* inner()
  mark('outer end') // task main
}

for await (const n of outer()) mark('body', n) // task main
mark('end') // task main
