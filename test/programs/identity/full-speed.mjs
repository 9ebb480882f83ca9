// Many thousand calls before the ones that matter: identity holds, or the trace says it inferred.
import { mark } from '../mark.mjs'

async function leaf(n) {
  await null
  if (n === 49_999) mark('leaf') // task main, may be inferred
}

async function middle(n) {
  await leaf(n)
  if (n === 49_999) mark('middle') // task main, may be inferred
}

for (let n = 0; n < 50_000; n++) await middle(n)
mark('loop end') // task main, may be inferred

async function member(n) {
  await null
  if (n === 19_999) mark('member', n) // task member-*, spawned by main, joined by main, may be inferred
}

await Promise.all(Array.from({ length: 20_000 }, (_, n) => member(n)))
mark('end') // task main, may be inferred
