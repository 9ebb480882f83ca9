// A deadline in a minute. The program is made to exit before, and the timer is still armed then.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const mirrors = [async () => sleep(2), async () => sleep(4)]

await withScope('download', async () => {
  const deadline = new Promise((resolve) => setTimeout(resolve, 60_000)) // expect: leaked-timer
  await Promise.any([...mirrors.map((fetchFrom) => fetchFrom()), deadline])
})
await sleep(250)
process.exit()
