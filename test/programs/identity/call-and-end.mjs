// The caller ends right after the call: the call is a task of its own.
import { mark } from '../mark.mjs'

async function f() {
  mark('f before') // task f, spawned by main, not joined
  await null
  mark('f after') // task f
}

async function start() {
  await null
  mark('start') // task main
  f()
}

function startSync() {
  g()
}

async function g() {
  mark('g before') // task g, spawned by main, not joined
  await null
  mark('g after') // task g
}

await start()
startSync()
mark('end') // task main
