// exit: 13, because nobody resolves what the top level waits for
import { EventEmitter } from 'node:events'

class Client {
  constructor(socket) {
    this.ready = new Promise((resolve) => socket.once('ready', resolve)) // with: unsettled-top-level-await
  }

  async connect() {
    await this.ready // with: unsettled-top-level-await
    return this
  }
}

const socket = new EventEmitter()
const client = new Client(socket)
socket.emit('readable')
await client.connect() // expect: unsettled-top-level-await
console.log('never printed')
