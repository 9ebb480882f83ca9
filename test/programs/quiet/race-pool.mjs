// A pool of workers races what is running to find room; a daemon's last jobs are in no later race.
import { setTimeout as sleep } from 'node:timers/promises'

async function handle(ms) {
  for (let step = 0; step < 10; step++) await sleep(ms / 10)
}

async function all(jobs, limit) {
  const running = new Set()
  const results = []
  for (const job of jobs) {
    const one = handle(job)
    results.push(one)
    running.add(one)
    const forget = () => running.delete(one)
    one.then(forget, forget)
    if (running.size >= limit) await Promise.race(running)
  }
  return Promise.all(results)
}

async function daemon(jobs, limit) {
  const running = new Set()
  for await (const job of jobs) {
    const one = handle(job).finally(() => running.delete(one))
    running.add(one)
    if (running.size >= limit) await Promise.race(running)
  }
}

async function* queue() {
  for (const job of [20, 250, 20, 260, 20, 270]) {
    await sleep(1)
    yield job
  }
}

console.log((await all([150, 20, 160, 20, 20, 170], 2)).length)
await daemon(queue(), 2)
await sleep(10)
