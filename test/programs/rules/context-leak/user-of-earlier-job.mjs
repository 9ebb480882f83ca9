// Only jobs with a user enter a context: the next job works in the name of the last user.
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const done = []

async function handle(job) {
  if (job.user) storage.enterWith({ user: job.user }) // expect: context-leak
  await load(job)
  done.push(`${job.id} ${storage.getStore()?.user}`) // with: context-leak
}

async function load(job) {
  await null
  return job.id
}

for (const job of [{ id: 1, user: 'ada' }, { id: 2 }]) await handle(job)
console.log(done.join())
