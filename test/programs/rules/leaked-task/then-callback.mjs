// What a chain's callback starts goes on after the scope, and nobody waits for the chain.
import { withScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

async function upload() {
  await sleep(300)
}

await withScope('request', async () => {
  void sleep(1).then(() => upload()) // expect: leaked-task
  await sleep(30)
})
await sleep(500)
