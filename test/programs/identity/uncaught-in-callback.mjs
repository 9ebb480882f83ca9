// An error thrown in a callback ends only that callback's task.
import { mark } from '../mark.mjs'

process.on('uncaughtException', () => {})
setTimeout(() => {
  mark('timer') // task timer, spawned by main, kind callback
  throw new Error('expected')
}, 1)
await new Promise((resolve) => setTimeout(resolve, 10))
mark('end') // task main
setImmediate(() => mark('next')) // task next, spawned by main, kind callback
