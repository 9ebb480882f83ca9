// A thenable is awaited like a promise: its `then` is called while the caller waits.
import { mark } from '../mark.mjs'

const thenable = {
  then(resolve) {
    mark('then') // task main
    resolve(1)
  },
}

async function f() {
  await thenable
  mark('f') // task main
  return thenable2
}

const thenable2 = {
  then(resolve) {
    setImmediate(resolve)
  },
}

await f()
mark('end') // task main
