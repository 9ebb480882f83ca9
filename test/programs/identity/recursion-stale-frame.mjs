// The inner call returned a promise without awaiting; its caller, the same function, awaits
// something else. The inner call is a task of its own although the frames look alike.
import { mark } from '../mark.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function visit(depth) {
  mark('enter', depth) // task visit-*
  if (depth === 1) return turn().then(() => mark('inner then')) // task visit-1
  const inner = visit(depth - 1)
  await turn()
  mark('between', depth) // task visit-*
  await inner
  mark('leave', depth) // task visit-*
}

mark('main') // task main
await Promise.all([visit(2)])
mark('joined') // task main
