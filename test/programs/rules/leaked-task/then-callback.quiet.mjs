// The chain is waited for; another one ends soon.
import { withScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

async function upload() {
  await sleep(300)
}

await withScope('request', async () => {
  const uploaded = sleep(1).then(() => upload())
  void sleep(1).then(() => sleep(10))
  await sleep(30)
  await uploaded
})
await sleep(200)
