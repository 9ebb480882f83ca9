// A stored promise that is awaited twice, and by two tasks.
import { mark } from '../mark.mjs'

async function shared() {
  mark('shared before') // task shared, spawned by main, joined by main
  await null
  mark('shared after') // task shared
}

async function user(n, promise) {
  await promise
  mark('user', n) // task user-*, spawned by main, joined by main
}

const promise = shared()
await null
await promise
mark('first') // task main
await promise
mark('second') // task main
await Promise.all([user(1, promise), user(2, promise)])
mark('end') // task main
