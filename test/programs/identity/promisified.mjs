// Callback functions made awaitable: the callback is Node's, the waiter keeps its task.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { mark } from '../mark.mjs'

function legacy(value, done) {
  mark('legacy') // task main
  setImmediate(() => {
    mark('callback') // task callback, spawned by main, kind callback
    done(null, value)
  })
}

await promisify(legacy)(1)
mark('between') // task main
await promisify(execFile)('true')
mark('end') // task main
