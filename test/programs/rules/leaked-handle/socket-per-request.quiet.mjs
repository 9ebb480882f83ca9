// Closed by the request; closed by the other side; kept in a pool and used again.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', () => socket.end())
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()
const idle = []

for (let n = 0; n < 3; n++) {
  await withScope('request', async () => {
    const own = connect(port, '127.0.0.1')
    await once(own, 'connect')
    own.destroy()
    const other = connect(port, '127.0.0.1')
    other.resume().end('bye')
    await once(other, 'close')
    const pooled = idle.pop() ?? connect(port, '127.0.0.1')
    idle.push(pooled)
  })
}
await sleep(250)
process.exit()
