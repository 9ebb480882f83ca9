// Two functions that await each other.
import { mark } from '../mark.mjs'

async function even(n) {
  mark('even', n) // task main
  if (n === 0) return true
  return odd(n - 1)
}

async function odd(n) {
  await null
  mark('odd', n) // task main
  return n === 0 ? false : await even(n - 1)
}

await even(4)
mark('end') // task main
