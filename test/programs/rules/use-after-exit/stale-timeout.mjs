// The timer of a finished operation was not cleared, and cancels it afterwards.
import { withScope } from 'scope-trace'

async function fetchPrice() {
  await withScope('fetch', async (scope) => {
    setTimeout(() => {
      scope.cancel('timeout') // expect: use-after-exit
    }, 5)
    await null
  })
}

await fetchPrice()
