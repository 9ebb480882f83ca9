// The first item is taken by a loop, which closes the generator; or by hand, with `return` after it.
import { setTimeout as delay } from 'node:timers/promises'

const closed = []

async function* query() {
  try {
    for (let row = 1; row < 5; row++) {
      await delay(1)
      yield row
    }
  } finally {
    await delay(1)
    closed.push('cursor')
  }
}

async function firstRow() {
  for await (const row of query()) return row
}

async function firstByHand() {
  const rows = query()
  try {
    const { value } = await rows.next()
    return value
  } finally {
    await rows.return()
  }
}

async function all() {
  const rows = query()
  let count = 0
  while (!(await rows.next()).done) count++
  return count
}

console.log(await firstRow(), await firstByHand(), await all(), closed.length)
