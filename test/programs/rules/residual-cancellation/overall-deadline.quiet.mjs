// One deadline for several steps, set by whoever runs them all.
import { setTimeout as sleep } from 'node:timers/promises'

async function step(ms, signal) {
  signal.throwIfAborted()
  if (ms > 0) await sleep(ms, null, { signal })
}

async function all(controller) {
  const timer = setTimeout(() => controller.abort(), 100)
  try {
    await step(0, controller.signal)
    await step(0, controller.signal)
    await step(60_000, controller.signal)
  } finally {
    clearTimeout(timer)
  }
}

await all(new AbortController()).catch((error) => console.log(error.name))
