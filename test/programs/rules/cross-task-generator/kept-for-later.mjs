// One request opens a generator and keeps it; the next one, which has nothing to do with it, throws into it.
import { setTimeout as delay } from 'node:timers/promises'

const sessions = new Map()

async function* session(name) {
  const log = []
  try {
    for (;;) {
      const line = yield log.length // with: cross-task-generator
      log.push(line)
    }
  } catch (error) {
    log.push(error.message)
  } finally {
    console.log(name, log.length)
  }
}

async function open(name) {
  const opened = session(name)
  await opened.next()
  await opened.next('hello') // with: cross-task-generator
  sessions.set(name, opened)
}

async function evict() {
  for (const opened of sessions.values()) await opened.throw(new Error('evicted')).catch(() => undefined) // expect: cross-task-generator
}

setImmediate(() => open('first'))
await delay(10)
setImmediate(() => evict())
await delay(10)
