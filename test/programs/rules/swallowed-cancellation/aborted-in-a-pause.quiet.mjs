// options: --abort-grace 100
// The pause does not hear of the abort, the next attempt does, and it is the last one.
import { setTimeout as sleep } from 'node:timers/promises'

async function request({ signal }) {
  await sleep(10, undefined, { signal })
  throw new Error('503')
}

async function requestWithRetries(options) {
  for (let attempt = 1; attempt <= 8; attempt++) {
    try {
      return await request(options)
    } catch (error) {
      if (error.name === 'AbortError') return
      await sleep(60)
    }
  }
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 40)
await requestWithRetries(controller)
await sleep(300)
