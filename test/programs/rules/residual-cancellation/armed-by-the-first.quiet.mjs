// The first call starts the clock of the whole session, and no later one does.
import { setTimeout as sleep } from 'node:timers/promises'

class Session {
  controller = new AbortController()

  async call(ms) {
    this.timer ??= setTimeout(() => this.controller.abort(new Error('session over')), 100)
    await this.work(ms)
  }

  async send(ms) {
    if (this.timer === undefined) {
      this.timer = setTimeout(() => this.controller.abort(new Error('session over')), 100)
    }
    await this.work(ms)
  }

  async ask(ms) {
    this.arm()
    await this.work(ms)
  }

  arm() {
    if (this.timer) return
    this.timer = setTimeout(() => this.controller.abort(new Error('session over')), 100)
  }

  async work(ms) {
    this.controller.signal.throwIfAborted()
    if (ms > 0) await sleep(ms, null, { signal: this.controller.signal })
  }
}

for (const how of ['call', 'send', 'ask']) {
  const session = new Session()
  await session[how](0)
  await session[how](60_000).catch((error) => console.log(error.name))
}
