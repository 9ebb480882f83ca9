// S7, mended. Each job runs inside a context of its own, which ends with it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const users = new AsyncLocalStorage()

async function deleteFile(file) {
  const user = users.getStore() ?? 'nobody'
  await sleep(2)
  console.log(`${file} was deleted by ${user}`)
}

/** A nightly job runs for nobody. */
async function handle({ user, file }) {
  await users.run(user, () => deleteFile(file))
}

const jobs = [{ user: 'ann', file: 'draft.txt' }, { file: 'cache.tmp' }]
for (const job of jobs) await handle(job)
