// Two spawned lines that take turns, each awaiting its own callees.
import { mark } from '../mark.mjs'

async function step(name, n) {
  mark('step before', name, n) // task line-*
  await null
  mark('step after', name, n) // task line-*
}

async function line(name) {
  for (const n of [1, 2, 3]) {
    await step(name, n)
    mark('line', name, n) // task line-*
  }
}

const a = line('a')
const b = line('b')
mark('started') // task main
await new Promise((resolve) => setImmediate(resolve))
await a
await b
mark('end') // task main
