// The next item comes too late. `return` waits behind the pending `next`, which never ends.
import { setTimeout as delay } from 'node:timers/promises'

async function* feed() {
  try {
    yield 1
    await new Promise((resolve) => { globalThis.neverCalled = resolve }) // expect: abandoned-generator
    yield 2
  } finally {
    console.log('closed')
  }
}

async function read() {
  const prices = feed()
  console.log((await prices.next()).value)
  const late = await Promise.race([prices.next(), delay(5, 'late')]) // with: abandoned-generator
  console.log(late)
  void prices.return()
}

await read()
