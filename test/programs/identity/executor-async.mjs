// Nobody can wait for an async executor: what it returns is dropped.
import { mark } from '../mark.mjs'

await new Promise(async (resolve) => {
  mark('before') // task executor, spawned by main, not joined
  await null
  mark('after') // task executor
  resolve()
})
mark('end') // task main
