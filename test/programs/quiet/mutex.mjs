// A mutex written by hand: the holder's scope begins in the holder, whoever wakes it.
import { setTimeout as sleep } from 'node:timers/promises'
import { enterScope, withScope } from 'scope-trace'

class Mutex {
  #tail = Promise.resolve()

  async lock() {
    const before = this.#tail
    let release
    this.#tail = new Promise((resolve) => (release = resolve))
    await before
    const scope = enterScope('lock')
    return () => {
      scope.exit()
      release()
    }
  }
}

const mutex = new Mutex()
let inside = 0
const worker = (n) =>
  withScope(`worker ${n}`, async () => {
    const unlock = await mutex.lock()
    inside++
    await sleep(1)
    if (inside !== 1) throw new Error('not exclusive')
    inside--
    unlock()
  })

await Promise.all([1, 2, 3, 4].map(worker))
