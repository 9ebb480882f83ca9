// A session lives for so long, whichever query runs by then; its opening says so.
import { setTimeout as sleep } from 'node:timers/promises'

class Session {
  controller = new AbortController()

  async open() {
    setTimeout(() => this.controller.abort(new Error('session expired')), 100)
    this.controller.signal.throwIfAborted()
    await null
    return this
  }

  async query(ms) {
    if (ms > 0) await sleep(ms, null, { signal: this.controller.signal })
  }
}

async function retry(action) {
  return await action()
}

const session = await new Session().open()
await session.query(0)
await session.query(60_000).catch((error) => console.log(error.name))

const kept = new AbortController()
const connect = (ms) => (ms === 0 ? kept.signal.throwIfAborted() : sleep(ms, null, { signal: kept.signal }))
await retry(() => {
  setTimeout(() => kept.abort(), 100)
  return connect(0)
})
await retry(() => connect(60_000)).catch((error) => console.log(error.name))
