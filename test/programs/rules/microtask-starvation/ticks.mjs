// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

const heartbeat = setInterval(() => {}, 5) // with: microtask-starvation

function pump() {
  lookedAt(5) ? clearInterval(heartbeat) : process.nextTick(pump) // expect: microtask-starvation
}

setTimeout(pump, 20)
