// `forEach` drops what its callback returns: nobody waits.
import { mark } from '../mark.mjs'

;[1, 2].forEach(async (n) => {
  mark('member', n) // task member-*, spawned by main, not joined
  await null
  mark('member end', n) // task member-*
})
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
