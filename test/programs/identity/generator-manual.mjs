// Advanced by hand, with something else awaited in between.
import { mark } from '../mark.mjs'

async function* steps() {
  mark('first') // task main
  yield 1
  await null
  mark('second') // task main
  try {
    yield 2
  } finally {
    mark('closing') // task main
  }
}

const iterator = steps()
await iterator.next()
await null
mark('between') // task main
await iterator.next()
await iterator.return()
mark('end') // task main
