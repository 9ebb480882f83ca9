// What AsyncLocalStorage shows across awaits, callbacks, handlers, generators and emitters.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'

const storage = new AsyncLocalStorage()
const show = (where) => console.log(where, storage.getStore())
async function* generator() {
  show('generator 1')
  yield 1
  await null
  show('generator 2')
}

const iterator = storage.run('maker', () => generator())
await storage.run('a', async () => {
  show('sync')
  await null
  show('await')
  setImmediate(() => {
    show('immediate')
    setTimeout(() => show('timeout'), 1)
  })
  process.nextTick(() => show('tick'))
  queueMicrotask(() => show('microtask'))
  await Promise.resolve().then(() => show('then'))
  await storage.run('b', async () => {
    for await (const _ of iterator) show('loop')
  })
  storage.exit(() => show('exit'))
  show('back')
})
const emitter = storage.run('c', () => new EventEmitter().on('event', () => show('listener')))
storage.run('d', () => emitter.emit('event'))
const bound = storage.run('e', () => AsyncResource.bind(() => show('bound')))
const snapshot = storage.run('f', () => AsyncLocalStorage.snapshot())
storage.run('g', () => {
  bound()
  snapshot(() => show('snapshot'))
})
show('outside')
