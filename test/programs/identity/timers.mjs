// Each timer's callback is a task of its own, spawned by whoever set it.
import { mark } from '../mark.mjs'

setTimeout(() => mark('timeout'), 1) // task timeout, spawned by main, kind callback
setImmediate(() => mark('immediate')) // task immediate, spawned by main, kind callback
process.nextTick(() => mark('tick')) // task tick, spawned by main, kind callback
queueMicrotask(() => mark('microtask')) // task microtask, spawned by main, kind callback
await new Promise((resolve) => setTimeout(resolve, 5))
mark('end') // task main
