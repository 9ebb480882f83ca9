// `next()` is started, something else is awaited: that step of the body is a task of its own.
import { mark } from '../mark.mjs'

async function other() {
  mark('other') // task main
  await null
}

async function* steps() {
  mark('first') // task step, spawned by main, joined by main
  await null
  mark('still first') // task step
  yield 1
  mark('second') // task main
}

const iterator = steps()
const step = iterator.next()
await other()
await step
await iterator.next()
mark('end') // task main
