// Callbacks of a server and its sockets are tasks of their own, each one.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { mark } from '../mark.mjs'

const server = createServer((socket) => {
  mark('connection') // task connection, kind callback
  socket.on('data', (data) => {
    mark('data') // task data, kind callback
    socket.end(data)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
mark('listening') // task main

const client = connect(server.address().port, '127.0.0.1')
client.resume()
client.write('hello')
await once(client, 'close')
mark('closed') // task main
server.close()
