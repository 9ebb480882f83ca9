// Each request opens a connection and leaves it.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
await once(server, 'listening')

for (let n = 0; n < 3; n++) {
  await withScope('request', async () => { // with: leaked-handle
    const socket = connect(server.address().port, '127.0.0.1') // expect: leaked-handle
    await once(socket, 'connect')
  })
}
await sleep(250)
process.exit()
