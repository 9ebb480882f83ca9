// options: --abort-grace 100
// Requests that come in while the server is closing are refused one by one, each in a task of its own.
import { setTimeout as sleep } from 'node:timers/promises'

const closing = new AbortController()

async function handle() {
  try {
    await sleep(50, undefined, { signal: closing.signal })
  } catch (error) {
    return error.name
  }
}

for (let n = 0; n < 20; n++) setTimeout(() => handle(), n * 20)
setTimeout(() => closing.abort(), 50)
