// The everyday fan-out: one task for each element, and calls awaited inside belong to it.
import { mark } from '../mark.mjs'

async function load(n) {
  await null
  mark('load', n) // task member-*
}

const numbers = await Promise.all(
  [1, 2, 3].map(async (n) => {
    mark('member', n) // task member-*, spawned by main, joined by main
    await load(n)
    mark('member end', n) // task member-*
    return n
  }),
)
mark('end', numbers.length) // task main
