// A callback that starts a call and returns went on: the call is a task of its own.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by timer, not joined
  await null
  mark('f after') // task f
}

mark('start') // task main
setTimeout(() => {
  mark('timer') // task timer, spawned by main, kind callback
  f()
  mark('timer end') // task timer
}, 1)
