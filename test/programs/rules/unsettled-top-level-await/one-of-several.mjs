// exit: 13, because one of the queues is never closed
const closed = new Map()

function queue(name) {
  return new Promise((resolve) => closed.set(name, resolve)) // with: unsettled-top-level-await
}

async function drain(name) {
  await queue(name) // with: unsettled-top-level-await
}

setImmediate(() => closed.get('a')())
await Promise.all([drain('a'), drain('b')]) // expect: unsettled-top-level-await
