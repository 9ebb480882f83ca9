// Two sources are merged: what loses a race now is raced again until it wins.
import { setTimeout as sleep } from 'node:timers/promises'

function source(name, ms, count) {
  let given = 0
  return {
    async next() {
      if (given === count) return { done: true }
      given++
      for (let step = 0; step < 5; step++) await sleep(ms / 5)
      return { done: false, value: `${name}${given}` }
    },
  }
}

async function* numbers(ms, count) {
  for (let n = 0; n < count; n++) {
    await sleep(ms)
    yield n
  }
}

async function merge(iterators) {
  const found = []
  const advance = (iterator) => iterator.next().then((result) => ({ iterator, result }))
  const pending = new Map(iterators.map((iterator) => [iterator, advance(iterator)]))
  while (pending.size > 0) {
    const { iterator, result } = await Promise.race(pending.values())
    if (result.done) pending.delete(iterator)
    else {
      found.push(result.value)
      pending.set(iterator, advance(iterator))
    }
  }
  return found
}

console.log((await merge([source('slow', 200, 2), source('fast', 30, 5)])).length)
console.log((await merge([numbers(150, 2), numbers(20, 4)])).length)
