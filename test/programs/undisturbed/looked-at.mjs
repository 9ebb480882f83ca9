// Stands still until it was looked at from outside, and lists what could have been left behind.
import { createHook } from 'node:async_hooks'
import inspector from 'node:inspector'
import { Worker } from 'node:worker_threads'
import { lookedAt } from '../stood.mjs'

const types = new Set()
createHook({ init: (_id, type) => types.add(type) }).enable()
process.on('internalMessage', (message) => console.log('message', message))
const show = (when) => console.log(when, inspector.url(), process.debugPort, process.getActiveResourcesInfo(), process.eventNames())

const error = () => new Error('shown').stack.split('\n').length
show('before')
let rounds = 0
while (!lookedAt(2)) rounds++
console.log('standing', error(), typeof rounds)
show('after')
setTimeout(() => {
  show('next turn')
  setImmediate(() => setTimeout(() => {
    show('later')
    const worker = new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true })
    console.log('thread', worker.threadId)
    worker.on('exit', () => console.log([...types].sort()))
  }, 1))
}, 1)
