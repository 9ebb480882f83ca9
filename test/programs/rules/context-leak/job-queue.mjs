// A queue starts each job at the end of the one before, and so in the context that this one has left.
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const done = []

class Queue {
  #jobs = []
  #busy = false

  add(job) {
    return new Promise((resolve, reject) => {
      this.#jobs.push(async () => {
        try {
          resolve(await job())
        } catch (error) {
          reject(error)
        } finally {
          queueMicrotask(() => {
            this.#busy = false
            this.#next()
          })
        }
      })
      this.#next()
    })
  }

  #next() {
    if (this.#busy || this.#jobs.length === 0) return
    this.#busy = true
    void this.#jobs.shift()()
  }
}

async function handle({ id, user }) {
  if (user) storage.enterWith({ user }) // expect: context-leak
  await null
  done.push(`${id} ${storage.getStore()?.user}`) // with: context-leak
}

const queue = new Queue()
const jobs = [{ id: 1, user: 'ada' }, { id: 2 }]
await Promise.all(jobs.map((job) => queue.add(() => handle(job))))
console.log(done.join())
