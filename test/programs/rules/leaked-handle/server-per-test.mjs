// Each test starts a server of its own, and none closes it.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

for (let n = 0; n < 2; n++) {
  await withScope('test', async () => { // with: leaked-handle
    const server = createServer()
    server.listen(0, '127.0.0.1') // expect: leaked-handle
    await once(server, 'listening')
  })
}
await sleep(250)
process.exit()
