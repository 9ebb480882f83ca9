// A queue that runs at most two at once, as small limiter libraries write it.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

function limiter(limit) {
  const queue = []
  let active = 0
  const next = () => {
    active--
    queue.shift()?.()
  }
  const run = async (fn, resolve) => {
    active++
    const result = (async () => fn())()
    resolve(result)
    try {
      await result
    } catch {
      // the caller sees it
    }
    next()
  }
  const enqueue = (fn, resolve) => {
    new Promise((start) => queue.push(start)).then(() => run(fn, resolve))
    if (active < limit) queue.shift()?.()
  }
  return (fn) => new Promise((resolve) => enqueue(fn, resolve))
}

const limit = limiter(2)
const job = (n) => withScope(`job ${n}`, () => sleep(n % 3, n))
const done = await withScope('all jobs', () =>
  Promise.all(Array.from({ length: 10 }, (_, n) => limit(() => job(n)))),
)
console.log(done.join(' '))
