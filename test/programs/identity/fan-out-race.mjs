// `Promise.race`: both are tasks of their own; only the winner had ended when the waiter went on.
import { mark } from '../mark.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function quick() {
  await null
  mark('quick') // task quick, spawned by main, joined by main
}

async function slow() {
  mark('slow before') // task slow, spawned by main, not joined
  await turn()
  mark('slow after') // task slow
}

await Promise.race([quick(), slow()])
mark('won') // task main
await turn()
await turn()
mark('end') // task main
