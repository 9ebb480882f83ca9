// A pool opens connections while a request waits, and keeps them for later requests.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { withScope } from 'scope-trace'

class Pool {
  idle = []
  all = []

  constructor(port) {
    this.port = port
  }

  async take() {
    if (this.idle.length > 0) return this.idle.pop()
    const socket = connect(this.port, '127.0.0.1')
    this.all.push(socket)
    await once(socket, 'connect')
    const connection = { socket, waiting: [] }
    socket.on('data', (data) => connection.waiting.shift()?.(String(data)))
    return connection
  }

  async query(text) {
    const connection = await this.take()
    connection.socket.write(text)
    const answer = await new Promise((resolve) => connection.waiting.push(resolve))
    this.idle.push(connection)
    return answer
  }
}

const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
await once(server, 'listening')
const pool = new Pool(server.address().port)
const request = (n) => withScope(`request ${n}`, () => pool.query(`query ${n}`))
for (let round = 0; round < 5; round++) await Promise.all([request(1), request(2), request(3)])
console.log(pool.all.length)
for (const socket of pool.all) socket.destroy()
server.close()
