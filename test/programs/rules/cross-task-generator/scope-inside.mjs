// A generator enters a scope for the task that advances it, and is closed by another task.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor')
  try {
    yield 1 // with: cross-task-generator
    yield 2
  } finally {
    scope.exit()
  }
}

const iterator = rows()

async function read() {
  await iterator.next() // with: cross-task-generator
}

async function close() {
  await iterator.return() // expect: cross-task-generator
}

setImmediate(() => read())
// On a busy machine the time is up before the loop turns for the first time.
setTimeout(() => setImmediate(() => close()), 10)
