// Promises of an inner line kept for later while its own calls are awaited, in a spawned task too.
import { mark } from '../mark.mjs'

function deferred() {
  const it = {}
  it.promise = new Promise((resolve) => Object.assign(it, { resolve }))
  return it
}

async function consumer(gate) {
  const done = deferred()
  mark('consumer') // task consumer, spawned by main, joined by main
  await step(gate)
  done.resolve()
  await done.promise
  mark('consumer end') // task consumer
}

async function step(gate) {
  mark('step before') // task consumer
  await gate
  mark('step after') // task consumer
}

const gate = deferred()
const running = consumer(gate.promise)
await null
mark('opening') // task main
gate.resolve()
await running
mark('end') // task main
