// options: --abort-grace 100
// S8. A retry loop takes the abort for one more failure, and tries again and again.
import { setTimeout as sleep } from 'node:timers/promises'

async function fetchPrice({ signal }) {
  await sleep(100, undefined, { signal }) // the request
  throw new Error('503')
}

async function priceWithRetries({ signal }) {
  for (let attempt = 1; attempt <= 20; attempt++) {
    try {
      return await fetchPrice({ signal }) // expect: swallowed-cancellation
    } catch (error) {
      console.log(`attempt ${attempt}: ${error.message}`)
      await sleep(10)
    }
  }
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 250)
await priceWithRetries(controller)
