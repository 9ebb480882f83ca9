// `Promise.any`: the first success; the one that had failed before is joined as well.
import { mark } from '../mark.mjs'

async function bad() {
  mark('bad') // task bad, spawned by main
  throw new Error('expected')
}

async function good() {
  await null
  mark('good') // task good, spawned by main, joined by main
}

await Promise.any([bad(), good()])
mark('end') // task main
