// One signal is shared by parallel calls; an abort ends them all, and the caller waits for that.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const controller = new AbortController()
const call = (n) => withScope(`call ${n}`, () => sleep(10_000, n, { signal: controller.signal }))

await withScope('parallel calls', async (scope) => {
  const calls = [call(1), call(2), call(3)]
  await sleep(5)
  scope.cancel('enough')
  controller.abort()
  const results = await Promise.allSettled(calls)
  console.log(results.map((result) => result.status).join(' '))
})
