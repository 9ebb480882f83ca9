// A spawned task that fails is joined where its error is caught.
import { mark } from '../mark.mjs'

async function bad() {
  mark('bad before') // task bad, spawned by main, joined by main
  await null
  mark('bad after') // task bad
  throw new Error('expected')
}

const promise = bad()
promise.catch(() => {})
await null
mark('between') // task main
try {
  await promise
} catch {
  mark('caught') // task main
}
