// options: --abort-grace 100
// The loop asks by itself, again and again, and lets what is in the inbox be read.
import { once, EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const inbox = new EventEmitter()

async function receive(signal) {
  let left = 20
  while (!signal.aborted || left > 0) {
    if (!signal.aborted) await once(inbox, 'message', { signal }).catch(() => {})
    left--
    await sleep(20)
  }
}

const controller = new AbortController()
setImmediate(() => receive(controller.signal))
setTimeout(() => controller.abort(), 20)
