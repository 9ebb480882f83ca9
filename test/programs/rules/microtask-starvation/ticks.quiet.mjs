// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

// Work in many small steps that nobody has to wait for.
function pump() {
  if (!lookedAt(5)) process.nextTick(pump)
}

setTimeout(pump, 20)
