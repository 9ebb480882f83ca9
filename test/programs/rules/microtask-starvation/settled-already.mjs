// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

let ready = false
setTimeout(() => (ready = true), 5) // with: microtask-starvation

async function check() {
  return ready
}

async function waitUntilReady() {
  while (!(await check()) && !lookedAt(4)); // expect: microtask-starvation
}

setTimeout(waitUntilReady, 1)
