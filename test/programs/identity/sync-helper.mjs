// A synchronous function that hands the promise through is invisible.
import { mark } from '../mark.mjs'

async function f(round) {
  mark('before', round) // task main
  await null
  mark('after', round) // task main
}

const arrow = (round) => f(round)
function deep(round) {
  return arrow(round)
}

await arrow(1)
await deep(2)
await Reflect.apply(deep, undefined, [3])
await deep.bind(null, 4)()
mark('end') // task main
