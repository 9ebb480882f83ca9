// options: --abort-grace 100
// The loop, the attempt and the `catch` stand in one function, which runs on its own.
import { once, EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const inbox = new EventEmitter()

async function receive(signal) {
  for (let n = 0; n < 20; n++) {
    await once(inbox, 'message', { signal }).catch(() => {}) // expect: swallowed-cancellation
    await sleep(20)
  }
}

const controller = new AbortController()
setImmediate(() => receive(controller.signal))
setTimeout(() => controller.abort(), 20)
