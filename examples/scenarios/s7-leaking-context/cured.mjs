// S7, cured. Each job is isolated: the context that it enters ends with it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { isolate } from 'scope-trace/remedies'

const users = new AsyncLocalStorage()

async function deleteFile(file) {
  const user = users.getStore() ?? 'nobody'
  await sleep(2)
  console.log(`${file} was deleted by ${user}`)
}

/** A nightly job runs for nobody. */
async function handle({ user, file }) {
  if (user !== undefined) users.enterWith(user)
  await deleteFile(file)
}

const jobs = [{ user: 'ann', file: 'draft.txt' }, { file: 'cache.tmp' }]
for (const job of jobs) await isolate('job', () => handle(job))
