// A client's watchdog is a background task that sleeps and then aborts, whoever works by then.
import { setTimeout as sleep } from 'node:timers/promises'

class Client {
  #controller = new AbortController()

  async request(ms) {
    void this.#watch()
    const { signal } = this.#controller
    signal.throwIfAborted()
    const answer = ms === 0 ? 'answer' : sleep(ms, 'answer', { signal })
    return await answer
  }

  async #watch() {
    await sleep(100)
    this.#controller.abort() // expect: residual-cancellation
  }
}

const client = new Client()
console.log(await client.request(0))
await client.request(60_000).catch((error) => console.log(error.name))
