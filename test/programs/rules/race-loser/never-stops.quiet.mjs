// The loop ends with the race.
import { setTimeout as sleep } from 'node:timers/promises'

async function poll(signal) {
  while (!signal.aborted) await sleep(10)
}

const stop = new AbortController()
await Promise.race([sleep(20), poll(stop.signal)])
stop.abort()
await sleep(300)
process.exit()
