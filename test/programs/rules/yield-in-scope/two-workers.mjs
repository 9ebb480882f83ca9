// Two workers share one generator, which has entered a scope for the first of them.
import { enterScope } from 'scope-trace'
import { setTimeout as delay } from 'node:timers/promises'

async function* jobs() {
  const scope = enterScope('connection') // with: yield-in-scope
  try {
    for (let job = 1; job < 5; job++) yield job // with: yield-in-scope
  } finally {
    scope.exit()
  }
}

const queue = jobs()

async function work() {
  for (;;) {
    const { done } = await queue.next() // expect: yield-in-scope
    if (done) return
    await delay(5)
  }
}

setTimeout(() => work(), 1)
setTimeout(() => work(), 4)
