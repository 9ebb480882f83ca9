// options: --block-after 100, so that it is looked at soon
import { setImmediate as turn } from 'node:timers/promises'

let ready = false
setTimeout(() => (ready = true), 500)

async function check() {
  return ready
}

async function waitUntilReady() {
  while (!(await check())) await turn()
}

setTimeout(waitUntilReady, 1)
