// options: --abort-grace 150
// What is started after the cancellation is its consequence: a slow clean-up that the scope waits for.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function rollBack() {
  for (let n = 0; n < 10; n++) await sleep(20)
}

await withScope('transaction', async (scope) => {
  await sleep(5)
  scope.cancel('conflict')
  const back = rollBack()
  await sleep(1)
  await back
})
