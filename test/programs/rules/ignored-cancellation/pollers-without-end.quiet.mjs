// options: --abort-grace 300
// Whoever comes first starts the clock, which then ticks for everybody.
import { setTimeout as sleep } from 'node:timers/promises'

let clock

async function tick() {
  for (;;) await sleep(20)
}

async function showDashboard({ signal }) {
  clock ??= tick()
  await sleep(5000, undefined, { signal })
}

const closed = new AbortController()
const dashboard = showDashboard(closed)
await sleep(20)
closed.abort()
await dashboard.catch((error) => console.log(error.name))
setTimeout(() => process.exit(), 800)
