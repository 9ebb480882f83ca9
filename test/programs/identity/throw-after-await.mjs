// Errors after an await, through several frames, with clean-up that awaits.
import { mark } from '../mark.mjs'

async function close() {
  await null
  mark('close') // task main
}

async function inner() {
  try {
    await null
    throw new Error('expected')
  } finally {
    mark('finally before') // task main
    await close()
    mark('finally after') // task main
  }
}

async function outer() {
  await inner()
}

try {
  await outer()
} catch {
  mark('caught') // task main
  await close2()
}

async function close2() {
  await null
  mark('close2') // task main
}
mark('end') // task main
