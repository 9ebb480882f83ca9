// An async function called where it stands: awaited, and not.
import { mark } from '../mark.mjs'

await (async () => {
  await null
  mark('awaited') // task main
})()

void (async () => {
  mark('dropped before') // task dropped, spawned by main, not joined
  await null
  mark('dropped after') // task dropped
})()
mark('end') // task main
