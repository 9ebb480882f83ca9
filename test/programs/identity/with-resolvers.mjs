// node: >=22, Promise.withResolvers is younger than Node 20.
// A promise with its functions outside is no task.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task main
  await null
  mark('f after') // task main
}

const { promise, resolve } = Promise.withResolvers()
await f()
resolve()
await promise
mark('end') // task main
