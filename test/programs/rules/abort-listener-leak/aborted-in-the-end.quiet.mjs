// options: --listener-growth 20
// Requests dispose of their listeners.
import { addAbortListener } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'

const shutdown = new AbortController()

async function request() {
  await turn()
  const listening = addAbortListener(shutdown.signal, () => undefined)
  await turn()
  listening[Symbol.dispose]()
}

for (let number = 0; number < 30; number++) await Promise.all([request(), request()])
shutdown.abort()
