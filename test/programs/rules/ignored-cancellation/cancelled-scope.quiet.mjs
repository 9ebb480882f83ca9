// options: --abort-grace 150
// A scope is cancelled, and left when what runs inside has heard of it and ended.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function poll(scope) {
  for (let n = 0; n < 30 && !scope.cancelled; n++) await sleep(20)
}

await withScope('import', async (scope) => {
  const polling = poll(scope)
  await sleep(5)
  scope.cancel('the user left')
  await polling
})
