// A synchronous `emit` runs its listeners in the emitting task; an async listener is not waited for.
import { EventEmitter } from 'node:events'
import { mark } from '../mark.mjs'

const emitter = new EventEmitter()
emitter.on('sync', () => mark('listener')) // task main
emitter.on('async', async () => {
  mark('async before') // task async, spawned by main, not joined
  await null
  mark('async after') // task async
})

emitter.emit('sync')
emitter.emit('async')
mark('end') // task main
