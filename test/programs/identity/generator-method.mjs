// Async iteration through a class: `Symbol.asyncIterator` as a generator, and written by hand.
import { mark } from '../mark.mjs'

class Numbers {
  async *[Symbol.asyncIterator]() {
    await null
    mark('generator method') // task main
    yield 1
  }
}

const byHand = {
  left: 2,
  [Symbol.asyncIterator]() {
    return this
  },
  async next() {
    await null
    mark('next', this.left) // task main
    return { done: this.left-- === 0, value: this.left }
  },
}

for await (const n of new Numbers()) mark('class body', n) // task main
for await (const n of byHand) mark('hand body', n) // task main
mark('end') // task main
