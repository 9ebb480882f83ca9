// Every step puts off the end by some time; the last one is waited for too long.
import { setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()
const { signal } = controller
let timer

async function step(ms) {
  clearTimeout(timer)
  timer = setTimeout(() => controller.abort(new Error('nothing happened')), 100)
  signal.throwIfAborted()
  if (ms > 0) await sleep(ms, null, { signal })
}

await step(0)
await step(0)
await sleep(60_000, null, { signal }).catch((error) => console.log(error.name))
await step(1).catch((error) => console.log(error.name))
clearTimeout(timer)
