// A generator enters a scope for the task that advances it, and is closed by another task.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor')
  try {
    yield 1
    yield 2
  } finally {
    scope.exit() // expect: cross-task-exit
  }
}

const iterator = rows()

async function read() {
  await iterator.next()
}

async function close() {
  await iterator.return()
}

setImmediate(() => read())
setTimeout(() => close(), 10)
