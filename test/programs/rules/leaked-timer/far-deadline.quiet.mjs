// Two that are no leak: an unref'd deadline, and one that was cleared a little later.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const mirrors = [async () => sleep(2), async () => sleep(4)]
let timer

await withScope('download', async () => {
  const deadline = new Promise((resolve) => { setTimeout(resolve, 60_000).unref() })
  const other = new Promise((resolve) => { timer = setTimeout(resolve, 60_000) })
  await Promise.any([...mirrors.map((fetchFrom) => fetchFrom()), deadline, other])
})
clearTimeout(timer)
await sleep(250)
process.exit()
