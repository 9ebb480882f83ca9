// node: >=22, Array.fromAsync is younger than Node 20.
// The generator is advanced for the caller, which waits. V8 goes on with it without any event.
import { mark } from '../mark.mjs'

async function* numbers() {
  mark('gen start') // task main
  yield 1
  await null
  mark('gen end') // task main, may be inferred
}

await Array.fromAsync(numbers())
mark('end') // task main
