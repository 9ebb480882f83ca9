import { EventEmitter } from 'node:events'

class Client {
  constructor(socket) {
    this.ready = new Promise((resolve) => socket.once('ready', resolve))
  }

  async connect() {
    await this.ready
    return this
  }
}

const socket = new EventEmitter()
const client = new Client(socket)
setImmediate(() => socket.emit('ready'))
await client.connect()
console.log('connected')
