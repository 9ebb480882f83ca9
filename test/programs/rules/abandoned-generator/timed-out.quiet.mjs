// The generator's body takes a signal, so that the pending `next` ends and the clean-up runs.
import { setTimeout as delay } from 'node:timers/promises'

async function* feed(signal) {
  try {
    yield 1
    await delay(60_000, undefined, { signal }).catch(() => undefined)
    if (!signal.aborted) yield 2
  } finally {
    console.log('closed')
  }
}

async function read() {
  const stop = new AbortController()
  const prices = feed(stop.signal)
  console.log((await prices.next()).value)
  const late = await Promise.race([prices.next(), delay(5, 'late')])
  console.log(late)
  stop.abort()
  await prices.return()
}

await read()
