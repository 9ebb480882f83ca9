// The helper is called for every message, also with nothing: no message sees the trace of another.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'

const traces = new AsyncLocalStorage()
const lines = []

const startTrace = (id) => traces.enterWith(id)
const log = (text) => lines.push(`${traces.getStore() ?? '-'} ${text}`)

class Worker {
  async consume(queue) {
    for (const message of queue) await this.process(message)
  }

  async process(message) {
    startTrace(message.traceId)
    await this.store(message)
  }

  async store({ text }) {
    await delay(1)
    log(text)
  }
}

await new Worker().consume([{ traceId: 'trace-a', text: 'one' }, { text: 'two' }])
console.log(lines.join())
