// Every job has a context, if an empty one, and `run` ends it with the job.
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const done = []

async function handle(job) {
  await storage.run(job.user ? { user: job.user } : undefined, () => work(job))
}

async function work(job) {
  await null
  done.push(`${job.id} ${storage.getStore()?.user}`)
}

for (const job of [{ id: 1, user: 'ada' }, { id: 2 }]) await handle(job)
console.log(done.join())
