// options: --abort-grace 100
// A retry loop takes the abort for one more failure.
import { setTimeout as sleep } from 'node:timers/promises'

async function request({ signal }) {
  await sleep(5000, undefined, { signal })
}

async function requestWithRetries(options) {
  for (let attempt = 1; attempt <= 20; attempt++) {
    try {
      return await request(options) // expect: swallowed-cancellation
    } catch {
      await sleep(20)
    }
  }
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 20) // with: swallowed-cancellation
await requestWithRetries(controller)
