// Every job removes its listener.
import { setImmediate as turn } from 'node:timers/promises'

const shutdown = new AbortController()

async function job(number) {
  const stop = () => console.log('stop', number)
  shutdown.signal.addEventListener('abort', stop, { once: true })
  try {
    await turn()
  } finally {
    shutdown.signal.removeEventListener('abort', stop)
  }
}

for (let number = 0; number < 80; number++) await job(number)
