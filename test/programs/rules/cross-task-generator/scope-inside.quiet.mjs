// The loop that advances the generator also leaves it: clean-up runs in the same task.
import { enterScope } from 'scope-trace'

async function* rows() {
  const scope = enterScope('cursor')
  try {
    yield 1
    yield 2
  } finally {
    scope.exit()
  }
}

async function read() {
  for await (const row of rows()) if (row === 1) break
}

setImmediate(() => read())
setTimeout(() => read(), 10)
