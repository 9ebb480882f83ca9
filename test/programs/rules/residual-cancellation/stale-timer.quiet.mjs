// Each call clears its timer; the one that is aborted in the end is aborted by its own.
import { setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()

async function work(ms, signal) {
  await (ms === 0 ? signal.throwIfAborted() : sleep(ms, null, { signal }))
}

async function call(number, ms) {
  const timer = setTimeout(() => controller.abort(new Error(`call ${number} timed out`)), 100)
  try {
    await work(ms, controller.signal)
  } finally {
    clearTimeout(timer)
  }
}

await call(1, 0)
await call(2, 60_000).catch((error) => console.log(error.name))
