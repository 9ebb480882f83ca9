import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const answer = async () => 'answer'

await withScope('question', async () => {
  const decided = new AbortController()
  const late = sleep(400, 'too late', { signal: decided.signal }).catch(() => undefined)
  await Promise.race([answer(), late])
  decided.abort()
})
await sleep(200)
