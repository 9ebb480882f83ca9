// options: --block-after 100, so that it is looked at soon
import { withScope } from 'scope-trace'
import { lookedAt } from '../../stood.mjs'

const heartbeat = setInterval(() => {}, 5) // with: microtask-starvation

// What it records while it stands still is no sign that it gets on.
async function drain() {
  while (!lookedAt(5)) await withScope('part', async () => {}) // expect: microtask-starvation
  clearInterval(heartbeat)
}

setTimeout(drain, 20)
