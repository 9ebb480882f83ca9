// What a spawned task does before its first await belongs to it, calls included.
import { mark } from '../mark.mjs'

async function inner() {
  mark('inner before') // task outer
  await null
  mark('inner after') // task outer
}

async function outer() {
  mark('outer') // task outer, spawned by main, joined by main
  await inner()
}

async function aside() {
  await null
  mark('aside') // task aside, spawned by outer2, not joined
}

async function outer2() {
  aside()
  await null
  mark('outer2') // task outer2, spawned by main, joined by main
}

await Promise.all([outer(), outer2()])
mark('end') // task main
