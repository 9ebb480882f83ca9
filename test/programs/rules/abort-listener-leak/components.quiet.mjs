// Components that last as long as the program, each with a listener; signals of their own for operations.
import { setImmediate as turn } from 'node:timers/promises'

const shutdown = new AbortController()

async function startComponent() {
  await turn()
  shutdown.signal.addEventListener('abort', () => undefined, { once: true })
}

async function operation() {
  const own = AbortSignal.any([shutdown.signal, new AbortController().signal])
  own.addEventListener('abort', () => undefined)
  const target = new EventTarget()
  target.addEventListener('x', () => undefined, { signal: shutdown.signal })
  await turn()
}

for (let number = 0; number < 20; number++) await startComponent()
for (let number = 0; number < 80; number++) await operation()
// Set up by one call, however many they are.
for (let number = 0; number < 80; number++) shutdown.signal.addEventListener('abort', () => undefined)
async function setUp() {
  for (let number = 0; number < 80; number++) shutdown.signal.addEventListener('abort', () => undefined)
}
await setUp()
