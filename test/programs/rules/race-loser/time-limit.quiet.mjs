// The work is told to stop when its time is over, and waited for.
import { setTimeout as sleep } from 'node:timers/promises'

async function work(signal) {
  for (let step = 0; step < 12; step++) await sleep(25, undefined, { signal })
}

const stop = new AbortController()
const working = work(stop.signal)
await Promise.race([working, sleep(20)])
stop.abort()
await working.catch(() => undefined)
console.log('went on')
