// A job reads the first item, keeps the generator, and ends; a later one reads on inside the first one's scope.
import { enterScope } from 'scope-trace'

async function* pages() {
  await null
  const transaction = await begin()
  yield 1 // with: yield-in-scope
  yield 2
  transaction.exit()
}

async function begin() {
  await null
  return enterScope('transaction') // with: yield-in-scope
}

let kept

async function first() {
  kept = pages()
  await kept.next()
}

async function later() {
  for await (const page of kept) console.log(page) // expect: yield-in-scope
}

setTimeout(() => first(), 1)
setTimeout(() => later(), 20)
