// A subclass of Promise behaves like a promise; what its own derived promises follow is inferred.
import { mark } from '../mark.mjs'

class Job extends Promise {
  get done() {
    return this.then(() => mark('done')) // task main, may be inferred
  }
}

async function f() {
  mark('f before') // task main, may be inferred
  await Job.resolve()
  mark('f after') // task main, may be inferred
}

await Job.resolve(1).then(() => mark('then')) // task main, may be inferred
await new Job((resolve) => {
  mark('executor') // task main
  setImmediate(resolve)
})
await Job.resolve().done
await Job.resolve(f())
mark('end') // task main
