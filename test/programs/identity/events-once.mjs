// `once` and `on` of node:events wait in the task that awaits them.
import { EventEmitter, on, once } from 'node:events'
import { mark } from '../mark.mjs'

const emitter = new EventEmitter()
setImmediate(() => {
  mark('emitting') // task emitting, spawned by main, kind callback
  emitter.emit('ready')
})
await once(emitter, 'ready')
mark('ready') // task main

const events = on(emitter, 'item')
emitter.emit('item', 1)
emitter.emit('item', 2)
for await (const [n] of events) {
  mark('item', n) // task main
  if (n === 2) break
}
mark('end') // task main
