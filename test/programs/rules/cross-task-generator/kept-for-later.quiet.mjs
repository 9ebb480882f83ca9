// Whoever closes a generator may: the task that waited for its user, the one that its user starts and
// waits for, the one that started its user and waits for it, and one that advances it in its turn.
import { setTimeout as delay } from 'node:timers/promises'

async function* session(name) {
  try {
    for (let line = 0; ; line++) yield line
  } finally {
    await delay(1)
    console.log('closed', name)
  }
}

async function open(name) {
  const opened = session(name)
  await opened.next()
  return opened
}

async function received() {
  const opening = Promise.all([open('a'), open('b')])
  for (const opened of await opening) await opened.return()
}

async function lent() {
  const both = [session('c'), session('d')]
  for (const one of both) await one.next()
  await Promise.all(both.map(async (one) => { await one.return() }))
}

async function stopped() {
  const lines = session('e')
  const reader = (async () => { for await (const line of lines) await delay(5 + line) })()
  await delay(2)
  await lines.return()
  await reader
}

async function inTurn() {
  const lines = session('f')
  const first = (async () => { await lines.next() })()
  await delay(5)
  const second = (async () => { await lines.next(); await lines.return() })()
  await delay(5)
  await Promise.all([first, second])
}

async function closedInTime() {
  const lines = session('g')
  for await (const line of lines) if (line === 2) break
  setTimeout(() => { void lines.return() }, 1)
  await delay(5)
}

await received()
await lent()
await stopped()
await inTurn()
await closedInTime()
