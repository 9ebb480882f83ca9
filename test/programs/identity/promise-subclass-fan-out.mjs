// `all` of a subclass is a fan-out like any other.
import { mark } from '../mark.mjs'

class Job extends Promise {}

async function f() {
  mark('before') // task f, spawned by main, joined by main
  await null
  mark('after') // task f
}

await Job.all([f(), null])
mark('end') // task main
