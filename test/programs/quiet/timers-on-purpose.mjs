// Timers that outlive the scope they were started in, as they should: a debounce, a throttle, an
// expiry, a reminder, a reconnect with backoff and a batch that waits for more.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const cache = new Map()
const batch = []
let saving
let throttled
let flushing
let done = 0

function remember(key) {
  cache.set(key, key)
  setTimeout(() => cache.delete(key), 250)
}

function reconnect(attempt) {
  if (attempt < 2) setTimeout(() => reconnect(attempt + 1), 130)
}

for (let n = 0; n < 3; n++) {
  await withScope('request', async () => {
    clearTimeout(saving)
    saving = setTimeout(() => done++, 250)
    throttled ??= setTimeout(() => { throttled = undefined }, 200)
    setTimeout(() => done++, 220)
    batch.push(n)
    flushing ??= setTimeout(() => batch.splice(0), 180)
    remember(n)
    reconnect(0)
    await sleep(1)
  })
}
await sleep(400)
