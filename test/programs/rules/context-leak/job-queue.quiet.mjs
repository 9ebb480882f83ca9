// The queue runs each job in the context in which it was added; what a job goes on to do is in its own.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const done = []

class Queue {
  #jobs = []
  #busy = false

  add(job) {
    return new Promise((resolve, reject) => {
      this.#jobs.push(
        AsyncResource.bind(async () => {
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
        }),
      )
      this.#next()
    })
  }

  #next() {
    if (this.#busy || this.#jobs.length === 0) return
    this.#busy = true
    void this.#jobs.shift()()
  }
}

async function handle({ id, user }, attempt = 1) {
  if (user && attempt === 1) storage.enterWith({ user })
  await null
  done.push(`${id} ${storage.getStore()?.user}`)
  // Tried again, in a callback and in a call of its own: this is the same job.
  if (attempt === 1) setImmediate(() => handle({ id, user }, 2))
  if (attempt === 2) await handle({ id, user }, 3)
}

const queue = new Queue()
const jobs = [{ id: 1, user: 'ada' }, { id: 2 }]
const added = []
for (const job of jobs) added.push(storage.exit(() => queue.add(() => handle(job))))
await Promise.all(added)
console.log(done.join())
