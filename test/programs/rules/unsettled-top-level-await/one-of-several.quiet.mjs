const closed = new Map()

function queue(name) {
  return new Promise((resolve) => closed.set(name, resolve))
}

async function drain(name) {
  await queue(name)
}

setImmediate(() => [...closed.values()].forEach((close) => close()))
await Promise.all([drain('a'), drain('b')])
