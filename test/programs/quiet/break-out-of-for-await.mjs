// Leaving `for await` early closes the generator and its scope in the same task.
import { withScope, enterScope } from 'scope-trace'

async function* pages() {
  const scope = enterScope('cursor')
  try {
    for (let page = 1; ; page++) {
      await null
      yield page
    }
  } finally {
    await null
    scope.exit()
  }
}

async function find(wanted) {
  for await (const page of pages()) if (page === wanted) return page
}

await withScope('search', async () => {
  for await (const page of pages()) if (page === 3) break
  await find(2)
})
await Promise.all([find(1), find(4)])
