// The scope is entered outside, and two workers share a generator that enters none.
import { withScope } from 'scope-trace'
import { setTimeout as delay } from 'node:timers/promises'

async function* jobs() {
  try {
    for (let job = 1; job < 5; job++) yield job
  } finally {
    await delay(1)
  }
}

async function work(queue) {
  for (;;) {
    const { done } = await queue.next()
    if (done) return
    await delay(5)
  }
}

await withScope('connection', async () => {
  const queue = jobs()
  await Promise.all([work(queue), work(queue)])
})
