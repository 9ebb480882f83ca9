// An async function as the callback: one task, its whole body.
import { mark } from '../mark.mjs'

async function load() {
  mark('load before') // task timer
  await null
  mark('load after') // task timer
}

setTimeout(async () => {
  mark('before') // task timer, spawned by main, not joined
  await load()
  mark('after') // task timer
}, 1)

setImmediate(async () => {
  await null
  mark('immediate') // task immediate, spawned by main
})
mark('main') // task main
