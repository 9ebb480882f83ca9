// options: --abort-grace 300
// SIGTERM stops the loop; the job that it has started is allowed to finish.
import { setTimeout as sleep } from 'node:timers/promises'

async function run() {
  for (let step = 0; step < 40; step++) await sleep(20)
}

async function work({ signal }) {
  void run()
  await sleep(5000, undefined, { signal })
}

const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 20)
const keep = setInterval(() => {}, 20)
await work(stop).catch((error) => console.log(error.name))
clearInterval(keep)
