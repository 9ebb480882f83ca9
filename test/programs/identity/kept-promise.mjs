// A promise made for later while other calls are awaited is no task.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
}

let open
const gate = new Promise((resolve) => {
  mark('executor') // task main
  open = resolve
})
await f()
mark('between') // task main
open()
await gate
mark('end') // task main
