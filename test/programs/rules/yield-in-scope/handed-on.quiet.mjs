// The later job has waited for the first one, so that the generator's scope has passed to it.
import { enterScope } from 'scope-trace'

async function* pages() {
  await null
  const transaction = await begin()
  yield 1
  yield 2
  transaction.exit()
}

async function begin() {
  await null
  return enterScope('transaction')
}

async function first() {
  const kept = pages()
  await kept.next()
  return kept
}

async function later(opening) {
  for await (const page of await opening) console.log(page)
}

setTimeout(() => {
  const opening = first()
  void later(opening)
}, 1)
