// A poller is started inside a scope, nobody waits for it, and it runs on after the scope.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function poll() {
  for (let n = 0; n < 20; n++) await sleep(50)
}

await withScope('observation', async () => {
  poll() // expect: leaked-task
  await sleep(5)
})
