// options: --abort-grace 300
// A log that sends what it has gathered some time later: it belongs to nobody who writes to it.
import { setTimeout as sleep } from 'node:timers/promises'

const log = {
  lines: [],
  write(line) {
    if (this.lines.push(line) === 1) void this.flush()
  },
  async flush() {
    await sleep(700)
    this.lines = []
  },
}

async function handle({ signal }) {
  log.write('begins')
  await sleep(5000, undefined, { signal })
}

const controller = new AbortController()
const handling = handle(controller)
await sleep(20)
controller.abort()
await handling.catch((error) => console.log(error.name))
