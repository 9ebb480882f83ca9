// options: --abort-grace 300
// Two watchers of a dashboard go on for ever after it was closed.
import { setTimeout as sleep } from 'node:timers/promises'

async function watch() {
  for (;;) await sleep(20)
}

async function showDashboard(symbols, { signal }) {
  for (const _ of symbols) watch() // expect: ignored-cancellation
  await sleep(5000, undefined, { signal })
}

const closed = new AbortController()
const dashboard = showDashboard(['ACME', 'GLOBEX'], closed)
await sleep(20)
closed.abort()
await dashboard.catch((error) => console.log(error.name))
setTimeout(() => process.exit(), 800)
