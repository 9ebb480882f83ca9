// The first caller waits at once for what it started, so the work is part of its task; the second
// finds the promise and only waits.
import { mark } from '../mark.mjs'

let loading
function load() {
  loading ??= fetchOnce()
  return loading
}

async function fetchOnce() {
  mark('fetch before') // task first
  await null
  mark('fetch after') // task first
}

async function first() {
  await load()
  mark('first') // task first, spawned by main, joined by main
}

async function second() {
  await load()
  mark('second') // task second, spawned by main, joined by main
}

await Promise.all([first(), second()])
mark('end') // task main
