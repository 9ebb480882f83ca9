// The watchdog belongs to one request, as does the controller that it aborts.
import { setTimeout as sleep } from 'node:timers/promises'

class Client {
  async request(ms) {
    const controller = new AbortController()
    void this.#watch(controller)
    const { signal } = controller
    signal.throwIfAborted()
    const answer = ms === 0 ? 'answer' : sleep(ms, 'answer', { signal })
    return await answer
  }

  async #watch(controller) {
    await sleep(100)
    controller.abort()
  }
}

const client = new Client()
console.log(await client.request(0))
await client.request(60_000).catch((error) => console.log(error.name))
