// options: --strict
// The scope is entered around the loop, and what the generator enters itself is exited before it yields.
import { enterScope, withScope } from 'scope-trace'

async function* rows() {
  for (let row = 0; row < 3; row++) {
    const scope = enterScope('fetch')
    await null
    scope.exit()
    yield row
  }
}

await withScope('cursor', async () => {
  for await (const row of rows()) console.log(row)
})
