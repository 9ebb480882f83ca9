import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

for (let n = 0; n < 2; n++) {
  await withScope('test', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    server.close()
  })
}
await sleep(250)
process.exit()
