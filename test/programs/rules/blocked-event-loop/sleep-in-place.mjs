// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

const poll = setInterval(() => {}, 5) // with: blocked-event-loop
const lock = new Int32Array(new SharedArrayBuffer(4))

function retry() {
  while (!lookedAt(4)) Atomics.wait(lock, 0, 0, 400) // expect: blocked-event-loop
}

setTimeout(() => {
  retry()
  clearInterval(poll)
}, 20)
