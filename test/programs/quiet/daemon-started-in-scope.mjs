// A daemon: what its start opens serves until a signal's handler makes the program exit.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let polls = 0

async function main() {
  await withScope('startup', async () => {
    const server = createServer((request, response) => response.end('ok'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    setInterval(() => polls++, 30)
  })
}

process.on('SIGTERM', async () => {
  await sleep(5)
  process.exit()
})
await main()
await sleep(250)
process.kill(process.pid, 'SIGTERM')
