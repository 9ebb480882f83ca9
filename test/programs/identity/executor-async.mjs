// What an async executor returns is dropped: it is a task of its own.
import { mark } from '../mark.mjs'

await new Promise(async (resolve) => {
  mark('before') // task executor, spawned by main
  await null
  mark('after') // task executor
  resolve()
})
mark('end') // task main
