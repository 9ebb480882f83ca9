// A pool of one's own opens a connection when a request needs one, and keeps it for the program's life.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0)
await once(server, 'listening')

class Pool {
  #idle = []
  async acquire() {
    const socket = this.#idle.pop() ?? connect(server.address().port)
    if (socket.connecting) await once(socket, 'connect')
    return socket
  }
  release(socket) {
    this.#idle.push(socket)
  }
}

const pool = new Pool()
const request = () => withScope('request', async () => {
  const socket = await pool.acquire()
  socket.write('hello')
  await sleep(2)
  pool.release(socket)
})

await Promise.all([request(), request(), request()])
await request()
await sleep(250)
process.exit()
