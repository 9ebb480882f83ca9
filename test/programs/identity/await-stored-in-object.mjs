// The promise takes a detour through an object and a synchronous function before it is awaited.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
}

const first = (list) => list[0]
const holder = { promise: f() }
await first([holder.promise])
mark('end') // task main
