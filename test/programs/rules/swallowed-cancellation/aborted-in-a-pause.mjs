// options: --abort-grace 100
// The abort comes while the loop waits before its next attempt, which is the first to hear of it.
import { setTimeout as sleep } from 'node:timers/promises'

async function request({ signal }) {
  await sleep(10, undefined, { signal })
  throw new Error('503')
}

async function requestWithRetries(options) {
  for (let attempt = 1; attempt <= 8; attempt++) {
    try {
      return await request(options) // expect: swallowed-cancellation
    } catch {
      await sleep(60)
    }
  }
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 40)
await requestWithRetries(controller)
