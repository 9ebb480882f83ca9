// options: --abort-grace 300
// A heartbeat that sleeps for long, and sees when it wakes up that it is no longer wanted.
import { setTimeout as sleep } from 'node:timers/promises'

async function beat(session) {
  while (session.open) await sleep(700)
}

async function hold({ signal }) {
  const session = { open: true }
  beat(session)
  try {
    await sleep(5000, undefined, { signal })
  } finally {
    session.open = false
  }
}

const controller = new AbortController()
const holding = hold(controller)
await sleep(20)
controller.abort()
await holding.catch((error) => console.log(error.name))
