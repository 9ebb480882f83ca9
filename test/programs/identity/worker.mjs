// A worker thread is a program of its own.
import { once } from 'node:events'
import { isMainThread, Worker } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { mark } from '../mark.mjs'

if (isMainThread) {
  mark('parent') // task main
  await once(new Worker(fileURLToPath(import.meta.url)), 'exit')
  mark('parent end') // task main
} else {
  mark('worker') // task worker, in another program
  await null
  mark('worker end') // task worker
}
