// options: --listener-growth 20
// Requests in tasks of their own leave listeners that are not disposed of; the abort comes far too late.
import { addAbortListener } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'

const shutdown = new AbortController()

async function request() {
  await turn()
  addAbortListener(shutdown.signal, () => undefined) // expect: abort-listener-leak
  await turn()
}

for (let number = 0; number < 30; number++) await Promise.all([request(), request()])
shutdown.abort()
