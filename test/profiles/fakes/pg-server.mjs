/** Enough of PostgreSQL's protocol for a client that connects and sends simple queries. */
import { once } from 'node:events'
import { createServer } from 'node:net'

const message = (type, ...parts) => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const READY = message('Z', Buffer.from('I'))
const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), READY])
const DONE = Buffer.concat([message('C', Buffer.from('SELECT 0\0')), READY])

function serve(socket) {
  let pending = Buffer.alloc(0)
  let started = false
  socket.on('error', () => {}).on('data', (data) => {
    pending = Buffer.concat([pending, data])
    for (;;) {
      const head = started ? 1 : 0
      if (pending.length < head + 4) return
      const length = head + pending.readInt32BE(head)
      if (pending.length < length) return
      const type = started ? String.fromCharCode(pending[0]) : 'start'
      pending = pending.subarray(length)
      if (type === 'start') socket.write(WELCOME)
      if (type === 'Q') socket.write(DONE)
      if (type === 'X') socket.end()
      started = true
    }
  })
}

/** Returns what a client needs to connect. Does not keep the program alive by itself. */
export async function startPgServer() {
  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  return { host: '127.0.0.1', port: server.address().port, user: 'test', database: 'test', ssl: false }
}
