// A tree walk that fans out at every node.
import { mark } from '../mark.mjs'

async function walk(path) {
  mark('enter', path) // task walk-*
  await null
  if (path.length < 3) await Promise.all([walk(`${path}l`), walk(`${path}r`)])
  mark('leave', path) // task walk-*
}

mark('start') // task main
await Promise.all([walk('t')])
mark('end') // task main
