// The everyday fan-out, each member in a scope, the whole in one more.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const load = (n) =>
  withScope(`load ${n}`, async () => {
    await sleep(n % 3)
    return n
  })

await withScope('batch', async () => {
  const loaded = await Promise.all(Array.from({ length: 20 }, (_, n) => load(n)))
  console.log(loaded.length)
  await Promise.allSettled([load(1), Promise.reject(new Error('expected'))])
})
