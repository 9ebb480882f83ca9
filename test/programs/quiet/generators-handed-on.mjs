// Generators with clean-up that several tasks have a part in, each properly.
import { setTimeout as delay } from 'node:timers/promises'

const closed = []

async function* rows(name, count = 4) {
  try {
    for (let row = 0; row < count; row++) {
      await delay(1)
      yield row
    }
  } finally {
    await delay(1)
    closed.push(name)
  }
}

// Made in one task, iterated over from its first item by another.
const made = rows('made')
const consumer = (async () => { for await (const row of made) await delay(row) })()

// The header is read by hand, the rest in a loop, by a task that is waited for.
async function withHeader() {
  const all = rows('with header')
  const header = await all.next()
  await Promise.all([(async () => { for await (const row of all) await delay(row + header.value) })()])
}

// Workers share a queue: each takes the next item, the last of them closes it.
async function shared() {
  const queue = rows('shared', 10)
  const work = async () => {
    for (let step = await queue.next(); !step.done; step = await queue.next()) await delay(2)
  }
  await Promise.all([work(), work(), work()])
}

// A race: whoever waits for the next item waits on after a while.
async function patient() {
  const slow = rows('patient')
  let next = slow.next()
  for (;;) {
    const step = await Promise.race([next, delay(1).then(() => undefined)])
    if (step === undefined) continue
    if (step.done) return
    next = slow.next()
  }
}

// Several generators merged, as libraries do, and closed together.
async function* merge(...sources) {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]())
  const pending = new Map(iterators.map((iterator) => [iterator, iterator.next().then((step) => ({ iterator, step }))]))
  try {
    while (pending.size > 0) {
      const { iterator, step } = await Promise.race(pending.values())
      if (step.done) pending.delete(iterator)
      else {
        pending.set(iterator, iterator.next().then((next) => ({ iterator, step: next })))
        yield step.value
      }
    }
  } finally {
    await Promise.allSettled(iterators.map((iterator) => iterator.return()))
  }
}
async function merged() {
  let seen = 0
  for await (const row of merge(rows('first of two'), rows('second of two'))) if ((seen += 1 + row) > 6) break
}

// A wrapper binds the methods, and others call them.
function bound(source) {
  return { next: source.next.bind(source), return: source.return.bind(source), [Symbol.asyncIterator]() { return this } }
}
async function wrapped() {
  const inner = bound(rows('bound'))
  await inner.next()
  setTimeout(() => { void inner.return() }, 1)
  await delay(8)
}

// Closed behind a pending step: the clean-up runs for the one who waits for that step.
async function closedWhilePending() {
  const pending = rows('pending')
  const reader = (async () => { for await (const row of pending) await delay(row) })()
  await delay(0)
  setTimeout(() => { void pending.return() }, 0)
  await reader
}

// What was never started, and what is over, may be closed by anybody and dropped.
async function over() {
  const done = rows('over', 1)
  for (let step = await done.next(); !step.done; step = await done.next()) await delay(1)
  const idle = rows('idle')
  setTimeout(() => { void done.return(); void idle.return(); void done.throw(new Error('late')).catch(() => undefined) }, 1)
  await delay(3)
}

// A generator whose clean-up is conditional on an error of the operand, which ends it.
async function* failing() {
  try {
    yield Promise.reject(new Error('expected'))
  } finally {
    closed.push('failing')
  }
}
async function failed() {
  const iterator = failing()
  await iterator.next().catch(() => undefined)
}

await Promise.all([consumer, withHeader(), shared(), patient(), merged(), wrapped(), closedWhilePending(), over(), failed()])
console.log(closed.length)
