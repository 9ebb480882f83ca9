// The timer that resolves a promise is a task of its own; the waiter goes on in its own.
import { mark } from '../mark.mjs'

const sleep = (ms) =>
  new Promise((resolve) => {
    mark('executor', ms) // task main
    setTimeout(() => {
      mark('timer', ms) // task timer-*, spawned by main, kind callback
      resolve()
    }, ms)
  })

await sleep(1)
mark('between') // task main
await sleep(2)
mark('end') // task main
