// The generator was made by one task and is advanced by another: it runs in the latter.
import { mark } from '../mark.mjs'

async function* numbers() {
  mark('gen start') // task consumer
  yield 1
  await null
  mark('gen middle') // task consumer
  yield 2
}

async function consume(source) {
  mark('consumer') // task consumer, spawned by main, joined by main
  for await (const n of source) mark('body', n) // task consumer
}

const source = numbers()
const consumer = consume(source)
await null
mark('meanwhile') // task main
await consumer
