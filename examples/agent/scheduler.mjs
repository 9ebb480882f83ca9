// Runs jobs one after the other. A timer starts each of them, so each is a task of its own.
import { task } from 'scope-trace'

export async function runJobs(jobs) {
  for (const [name, job] of Object.entries(jobs)) {
    await new Promise((resolve, reject) => {
      setTimeout(() => task(name, job).then(resolve, reject), 20)
    })
  }
}
