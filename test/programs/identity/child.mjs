// A child process is a program of its own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { mark } from '../mark.mjs'

if (!process.send) {
  mark('parent') // task main
  await once(fork(fileURLToPath(import.meta.url)), 'exit')
  mark('parent end') // task main
} else {
  mark('child') // task child, in another program
  await null
  mark('child end') // task child
}
