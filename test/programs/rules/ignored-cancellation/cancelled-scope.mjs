// options: --abort-grace 150
// A scope is cancelled and left; the poller inside was never told, and runs on.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function poll() {
  for (let n = 0; n < 30; n++) await sleep(20)
}

await withScope('import', async (scope) => {
  poll() // expect: ignored-cancellation
  await sleep(5)
  scope.cancel('the user left') // with: ignored-cancellation
})
