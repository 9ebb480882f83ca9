// The timer ends with the operation.
import { withScope } from 'scope-trace'

async function fetchPrice() {
  await withScope('fetch', async (scope) => {
    const timer = setTimeout(() => {
      scope.cancel('timeout')
    }, 5)
    await null
    clearTimeout(timer)
  })
}

await fetchPrice()
