// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

function render() {
  let pages = 0
  while (!lookedAt(4)) pages++
  return pages
}

// Nobody waits: what is set here is only for afterwards, or is far away.
const deadline = setTimeout(() => {}, 600_000)
setTimeout(() => {
  setTimeout(() => clearTimeout(deadline), 1)
  render()
}, 20)
