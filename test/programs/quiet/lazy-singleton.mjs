// The first request makes a service that lives as long as the process, timer and listeners too.
import { EventEmitter } from 'node:events'
import { withScope } from 'scope-trace'

class Metrics extends EventEmitter {
  counts = new Map()
  timer = setInterval(() => this.flush(), 10).unref()

  count(name) {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  async flush() {
    await null
    this.emit('flushed', this.counts.size)
  }
}

let metrics
const getMetrics = () => (metrics ??= new Metrics())

const request = (n) =>
  withScope(`request ${n}`, async () => {
    getMetrics().count(`request ${n}`)
    await null
  })

for (let n = 0; n < 5; n++) await request(n)
await new Promise((resolve) => setTimeout(resolve, 50))
console.log(metrics.counts.size)
