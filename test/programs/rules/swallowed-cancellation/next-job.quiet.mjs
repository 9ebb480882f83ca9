// options: --abort-grace 100
// A worker drops the job that was cancelled and goes on with the next one, under the signal of that.
import { setTimeout as sleep } from 'node:timers/promises'

async function run({ signal }) {
  await sleep(40, undefined, { signal })
}

async function work(jobs) {
  for (const job of jobs) {
    try {
      await run(job)
    } catch (error) {
      console.log(error.name)
    }
  }
}

const jobs = Array.from({ length: 10 }, () => new AbortController())
const working = work(jobs)
setTimeout(() => jobs[0].abort(), 20)
await working
