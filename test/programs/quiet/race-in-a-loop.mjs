// A wait for the end of the program is raced against every job; the same promise loses each time.
import { setTimeout as sleep } from 'node:timers/promises'

let stopped = false
async function watchForStop() {
  while (!stopped) await sleep(10)
  return 'stop'
}

async function job() {
  await sleep(40)
  await sleep(10)
  return 'done'
}

async function main() {
  const stop = watchForStop()
  for (;;) {
    const what = await Promise.race([stop, job()])
    console.log(what)
    if (what === 'stop') return
  }
}

setTimeout(() => {
  stopped = true
}, 220)
await main()
