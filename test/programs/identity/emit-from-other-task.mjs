// Who listens does not matter, who emits does.
import { EventEmitter } from 'node:events'
import { mark } from '../mark.mjs'

const emitter = new EventEmitter()
emitter.on('event', () => mark('listener')) // task other
async function other() {
  await null
  mark('other') // task other, spawned by main, joined by main
  emitter.emit('event')
}

mark('main') // task main
await Promise.all([other()])
