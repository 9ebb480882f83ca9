// options: --abort-grace 100
// S8, mended. A failure is tried again; an abort ends the loop.
import { setTimeout as sleep } from 'node:timers/promises'

async function fetchPrice({ signal }) {
  await sleep(100, undefined, { signal }) // the request
  throw new Error('503')
}

async function priceWithRetries({ signal }) {
  for (let attempt = 1; attempt <= 20; attempt++) {
    try {
      return await fetchPrice({ signal })
    } catch (error) {
      if (signal.aborted) throw error
      console.log(`attempt ${attempt}: ${error.message}`)
      await sleep(10, undefined, { signal })
    }
  }
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 250)
await priceWithRetries(controller).catch((error) => console.log(error.message))
