// `all` of a subclass is a fan-out like any other. Who joined is not seen: V8 derives a subclass's
// promises by its constructor, without naming their source.
import { mark } from '../mark.mjs'

class Job extends Promise {}

async function f() {
  mark('before') // task f, spawned by main
  await null
  mark('after') // task f
}

await Job.all([f(), null])
mark('end') // task main
