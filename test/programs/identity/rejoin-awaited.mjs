// Awaited at once, so one task; awaiting the settled promise again changes nothing.
import { mark } from '../mark.mjs'

async function f() {
  await null
  mark('f') // task main
}

const promise = f()
await promise
mark('first') // task main
await promise
await Promise.all([promise])
mark('end') // task main
