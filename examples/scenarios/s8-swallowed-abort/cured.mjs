// options: --abort-grace 100
// S8, cured. A tracked call says whether it failed or was cancelled; only a failure is tried again.
import { setTimeout as sleep } from 'node:timers/promises'
import { moveOnAfter, trackCall } from 'scope-trace/remedies'

async function fetchPrice({ signal }) {
  await sleep(100, undefined, { signal }) // the request
  throw new Error('503')
}

async function priceWithRetries({ signal }) {
  for (let attempt = 1; attempt <= 20; attempt++) {
    const call = trackCall('fetchPrice', fetchPrice, { signal })
    try {
      return await call.result
    } catch (error) {
      if (call.state === 'cancelled-before-result') throw error
      console.log(`attempt ${attempt}: ${error.message}`)
      await sleep(10, undefined, { signal })
    }
  }
}

const { timedOut } = await moveOnAfter(250, priceWithRetries)
console.log(timedOut ? 'no price in time' : 'a price')
