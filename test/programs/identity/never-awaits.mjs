// Async functions that finish without awaiting: awaited, and not.
import { mark } from '../mark.mjs'

async function awaited() {
  mark('awaited') // task main
  return 1
}

async function dropped() {
  mark('dropped') // task dropped, spawned by main, not joined
  return 2
}

async function later() {
  mark('later') // task later, spawned by main, joined by main
}

await awaited()
dropped()
const kept = later()
await null
await kept
mark('end') // task main
