// A function that starts itself and waits later: each depth is a task of its own.
import { mark } from '../mark.mjs'

async function visit(depth) {
  await null
  if (depth === 0) return mark('leaf', depth) // task visit-*, spawned by visit-1, joined by visit-1
  mark('node', depth) // task visit-*
  const inner = visit(depth - 1)
  await null
  await inner
  mark('node end', depth) // task visit-*
}

const outer = visit(1)
await null
await outer
mark('end') // task main
