// The handler of an unawaited chain waits for a call: both are the handler's task.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task handler
  await null
  mark('f after') // task handler
}

Promise.resolve().then(async () => {
  mark('handler') // task handler, spawned by main
  await f()
  mark('handler end') // task handler
})
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
