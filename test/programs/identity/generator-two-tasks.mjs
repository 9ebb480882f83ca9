// Each advance runs in the task that asked for it.
import { mark } from '../mark.mjs'

async function* steps() {
  mark('first') // task main
  yield 1
  await null
  mark('second') // task helper
  yield 2
  mark('third') // task main
}

async function advance(iterator) {
  await null
  mark('helper') // task helper, spawned by main, joined by main
  await iterator.next()
}

const iterator = steps()
await iterator.next()
const helper = advance(iterator)
await null
await helper
await iterator.next()
mark('end') // task main
