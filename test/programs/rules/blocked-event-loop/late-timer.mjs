// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

const heartbeat = setInterval(() => {}, 5) // with: blocked-event-loop

function render() {
  let pages = 0
  while (!lookedAt(4)) pages++ // expect: blocked-event-loop
  return pages
}

setTimeout(() => {
  render()
  clearInterval(heartbeat)
}, 20)
