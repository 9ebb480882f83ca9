// `Promise.allSettled` joins them all, also the one that failed.
import { mark } from '../mark.mjs'

async function good() {
  mark('good before') // task good, spawned by main, joined by main
  await null
  mark('good after') // task good
}

async function bad() {
  await null
  mark('bad') // task bad, spawned by main, joined by main
  throw new Error('expected')
}

await Promise.allSettled([good(), bad()])
mark('end') // task main
