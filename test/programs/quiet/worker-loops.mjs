// Three loops share one queue until it is empty.
import { setTimeout as sleep } from 'node:timers/promises'
import { task, withScope } from 'scope-trace'

const queue = Array.from({ length: 15 }, (_, n) => n)
const done = []

async function loop(name) {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    await withScope(`${name} job ${job}`, async () => {
      await sleep(job % 3)
      done.push(job)
    })
  }
}

await withScope('pool', () =>
  Promise.all(['a', 'b', 'c'].map((name) => task(name, () => loop(name)))),
)
console.log(done.length)
