// A subclass of Promise behaves like a promise.
import { mark } from '../mark.mjs'

class Job extends Promise {
  get done() {
    return this.then(() => mark('done')) // task main
  }
}

async function f() {
  mark('f before') // task main
  await Job.resolve()
  mark('f after') // task main
}

await Job.resolve(1).then(() => mark('then')) // task main
await new Job((resolve) => {
  mark('executor') // task main
  setImmediate(resolve)
})
await Job.resolve().done
await Job.resolve(f())
mark('end') // task main
