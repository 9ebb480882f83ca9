// The same generator, advanced by hand to its end.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor')
  for (let row = 1; row < 5; row++) yield row
  scope.exit()
}

async function allRows() {
  const iterator = rows()
  let count = 0
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) count++
  return count
}

console.log(await allRows())
