// Attempts fail and are repeated, each in a scope, with a pause between them.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function retry(attempts, fn) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withScope(`attempt ${attempt}`, () => fn(attempt))
    } catch (error) {
      if (attempt === attempts) throw error
      await sleep(2 ** attempt)
    }
  }
}

async function flaky(attempt) {
  await null
  if (attempt < 3) throw new Error('expected')
  return attempt
}

console.log(await withScope('operation', () => retry(5, flaky)))
await retry(2, async () => {
  throw new Error('expected')
}).catch(() => console.log('gave up'))
