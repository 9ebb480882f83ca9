// The session is closed when the race is decided, and that is waited for.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function ask(signal) {
  return withScope('session', () => sleep(300, 'answer', { signal }))
}

const stop = new AbortController()
const asking = ask(stop.signal)
console.log(await Promise.race([asking, sleep(20, 'no answer')]))
stop.abort()
await asking.catch(() => undefined)
