// The first request makes a service that lasts; whoever stops it is somebody else.
import { setTimeout as sleep } from 'node:timers/promises'

class Service {
  #stopped = new AbortController()
  async use() {
    this.#stopped.signal.throwIfAborted()
    await sleep(1, null, { signal: this.#stopped.signal })
  }
  stop() {
    this.#stopped.abort(new Error('stopped'))
  }
}
let service

async function request() {
  service ??= new Service()
  await service.use()
}

const late = () => request().catch((error) => console.log(error.message))
setTimeout(late, 1)
setTimeout(late, 10)
setTimeout(() => service?.stop(), 100)
setTimeout(late, 300)
