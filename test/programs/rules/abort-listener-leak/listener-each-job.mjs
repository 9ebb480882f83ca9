// Every job adds a listener to the signal of the whole program, and none removes it.
import { setImmediate as turn } from 'node:timers/promises'

const shutdown = new AbortController()

async function job(number) {
  shutdown.signal.addEventListener('abort', () => console.log('stop', number), { once: true }) // expect: abort-listener-leak
  await turn()
}

for (let number = 0; number < 80; number++) await job(number)
