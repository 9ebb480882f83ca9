// One member fails: the waiter goes on while the other is still running.
import { mark } from '../mark.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function bad() {
  await null
  mark('bad') // task bad, spawned by main, joined by main
  throw new Error('expected')
}

async function slow() {
  mark('slow before') // task slow, spawned by main, not joined
  await turn()
  mark('slow after') // task slow
}

try {
  await Promise.all([slow(), bad()])
} catch {
  mark('caught') // task main
}
await turn()
await turn()
mark('end') // task main
