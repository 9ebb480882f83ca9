// A named task begins with a loop over a generator that holds a scope.
import { enterScope, task, withScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

async function* rows() {
  const scope = enterScope('cursor')
  try {
    for (let n = 0; n < 3; n++) {
      await sleep(1)
      yield n
    }
  } finally {
    scope.exit()
  }
}

await task('reader', async () => {
  for await (const row of rows()) await sleep(row)
})
await task('reader in a scope', async () => {
  await withScope('reading', async () => {
    for await (const row of rows()) await sleep(row)
  })
})
