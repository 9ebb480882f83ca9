// A service starts in one place and is stopped by a signal: the loop that owns its scope closes it.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())

async function serve() {
  await withScope('service', async () => {
    while (!stopping.signal.aborted) await sleep(5)
  })
  console.log('closed')
}

setTimeout(() => process.kill(process.pid, 'SIGTERM'), 30)
await serve()
