// A trace id is entered by a helper and read by a logger, deep below and much later.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'

const traces = new AsyncLocalStorage()
const lines = []

const startTrace = (id) => traces.enterWith(id) // expect: context-leak
const log = (text) => lines.push(`${traces.getStore() ?? '-'} ${text}`) // with: context-leak

class Worker {
  async consume(queue) {
    for (const message of queue) await this.process(message)
  }

  async process(message) {
    if (message.traceId) startTrace(message.traceId)
    await this.store(message)
  }

  async store({ text }) {
    await delay(1)
    await Promise.all([this.write(text)])
  }

  async write(text) {
    await null
    log(text)
  }
}

await new Worker().consume([{ traceId: 'trace-a', text: 'one' }, { text: 'two' }])
console.log(lines.join())
