// Storing the promise changes nothing while nothing else is awaited.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
}

const promise = f()
mark('between') // task main
await promise
mark('end') // task main
