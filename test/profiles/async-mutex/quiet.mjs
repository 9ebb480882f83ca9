import { Mutex, Semaphore, withTimeout } from 'async-mutex'

const mutex = new Mutex()
let count = 0

async function work() {
  const release = await mutex.acquire()
  try {
    count++
    await null
  } finally {
    release()
  }
}

await work()
await Promise.all([work(), work(), work()])
for (let turn = 0; turn < 3; turn++) {
  const release = await mutex.acquire()
  release()
  release()
}
await mutex.acquire()
mutex.release()
await mutex.runExclusive(work.bind(null, count) && (() => count))
await Promise.all([mutex.runExclusive(() => count), work(), mutex.runExclusive(async () => { await null })])

// Several holders at a time.
const semaphore = new Semaphore(2)
const places = await Promise.all([semaphore.acquire(), semaphore.acquire()])
for (const [, release] of places) release()

// Whoever does not get it has nothing to give back.
const held = await mutex.acquire()
await withTimeout(mutex, 1).acquire().catch(() => undefined)
held()
const waiting = mutex.acquire().then((release) => release())
mutex.cancel()
await waiting.catch(() => undefined)
