// An emitter with async listeners: each message is handled in a scope of its own.
import { EventEmitter } from 'node:events'
import { withScope } from 'scope-trace'

const bus = new EventEmitter()
let handled = 0
bus.on('message', async (n) => {
  await withScope(`message ${n}`, async () => {
    await null
    handled++
  })
})

for (let n = 0; n < 20; n++) bus.emit('message', n)
await withScope('publisher', async () => {
  bus.emit('message', 20)
  await null
})
setTimeout(() => console.log(handled), 10)
