// `await` in the middle of expressions.
import { mark } from '../mark.mjs'

async function f(n) {
  mark('before', n) // task main
  await null
  mark('after', n) // task main
  return n
}

const sum = (await f(1)) + (await f(2))
const list = [await f(3), await f(4)]
const chosen = await (sum > 2 ? f(5) : f(6))
const either = (await f(0)) || (await f(7))
const text = `${await f(8)}`
await f(await f(9) + 1)
const value = (await import('node:path')).sep && (await f(11))
mark('end', list.length && chosen && either && text && value && 1) // task main
