// The first item is taken by hand, and the generator is dropped: its cursor is never closed.
import { setTimeout as delay } from 'node:timers/promises'

const closed = []

async function* query() {
  try {
    for (let row = 1; row < 5; row++) {
      await delay(1)
      yield row // expect: abandoned-generator
    }
  } finally {
    await delay(1)
    closed.push('cursor')
  }
}

async function firstRow() {
  const rows = query()
  const { value } = await rows.next() // with: abandoned-generator
  return value
}

console.log(await firstRow(), closed.length)
