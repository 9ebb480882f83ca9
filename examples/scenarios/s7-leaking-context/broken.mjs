// S7. A job enters its user's context; the next job, which has no user, works in the name of the last one.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const users = new AsyncLocalStorage()

async function deleteFile(file) {
  const user = users.getStore() ?? 'nobody' // with: context-leak
  await sleep(2)
  console.log(`${file} was deleted by ${user}`)
}

/** A nightly job runs for nobody. */
async function handle({ user, file }) {
  if (user !== undefined) users.enterWith(user) // expect: context-leak
  await deleteFile(file)
}

const jobs = [{ user: 'ann', file: 'draft.txt' }, { file: 'cache.tmp' }]
for (const job of jobs) await handle(job)
