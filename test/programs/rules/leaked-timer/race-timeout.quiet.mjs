import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function withTimeout(work, ms) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

await withScope('request', async () => {
  await withTimeout(sleep(5), 400)
})
await sleep(200)
