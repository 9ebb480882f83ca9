// options: --abort-grace 100
// A retry loop that ends with the abort, after a slow clean-up.
import { setTimeout as sleep } from 'node:timers/promises'

async function request({ signal }) {
  await sleep(5000, undefined, { signal })
}

async function requestWithRetries(options) {
  for (let attempt = 1; attempt <= 20; attempt++) {
    try {
      return await request(options)
    } catch {
      if (options.signal.aborted) break
      await sleep(20)
    }
  }
  for (let step = 0; step < 20; step++) await sleep(20)
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 20)
await requestWithRetries(controller)
