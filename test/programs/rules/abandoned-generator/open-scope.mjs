// A generator is advanced by hand and dropped with a scope open inside.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor') // with: abandoned-generator
  for (let row = 1; row < 5; row++) yield row // expect: abandoned-generator
  scope.exit()
}

async function firstRow() {
  const iterator = rows()
  return (await iterator.next()).value // with: abandoned-generator
}

console.log(await firstRow())
