// options: --block-after 100, so that it is looked at soon
import { withScope } from 'scope-trace'
import { lookedAt } from '../../stood.mjs'

async function drain() {
  while (!lookedAt(5)) await withScope('part', async () => {})
}

setTimeout(drain, 20)
