// A semaphore with a queue of waiters; leaving wakes the next waiter.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

class Semaphore {
  #free
  #waiters = []

  constructor(free) {
    this.#free = free
  }

  async run(fn) {
    if (this.#free > 0) this.#free--
    else await new Promise((resolve) => this.#waiters.push(resolve))
    try {
      return await withScope('permit', fn)
    } finally {
      const waiter = this.#waiters.shift()
      if (waiter) waiter()
      else this.#free++
    }
  }
}

const semaphore = new Semaphore(3)
await withScope('crowd', () =>
  Promise.all(Array.from({ length: 12 }, (_, n) => semaphore.run(() => sleep(n % 4)))),
)
