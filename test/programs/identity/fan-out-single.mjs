// A fan-out of one is a fan-out.
import { mark } from '../mark.mjs'

async function only() {
  mark('before') // task only, spawned by main, joined by main
  await null
  mark('after') // task only
}

await Promise.all([only()])
mark('end') // task main
