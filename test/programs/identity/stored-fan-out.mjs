// Started one by one, stored, and joined together later.
import { mark } from '../mark.mjs'

async function member(n) {
  mark('member', n) // task member-*, spawned by main, joined by main
  await null
  mark('member end', n) // task member-*
}

const running = []
for (const n of [1, 2, 3]) running.push(member(n))
await Promise.all(running)
mark('end') // task main
