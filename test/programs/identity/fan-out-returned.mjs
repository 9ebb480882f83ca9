// A helper returns the fan-out; its caller waits.
import { mark } from '../mark.mjs'

async function member() {
  await null
  mark('member') // task member, spawned by main, joined by main
}

const both = () => Promise.all([member(), null])

async function outer() {
  return both()
}

await outer().then(() => mark('then')) // task main
mark('end') // task main
