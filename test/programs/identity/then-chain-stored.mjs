// The chain is stored and awaited with nothing awaited in between.
import { mark } from '../mark.mjs'

async function f() {
  mark('before') // task main
  await null
  mark('after') // task main
}

const chain = f().then(() => mark('then')) // task main
mark('between') // task main
await chain
mark('end') // task main
