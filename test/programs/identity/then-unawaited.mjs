// Nobody waits for the chain: its handler is a task of its own.
import { mark } from '../mark.mjs'

Promise.resolve().then(() => mark('handler')) // task handler, spawned by main, not joined
mark('next') // task main
await new Promise((resolve) => setImmediate(resolve))
mark('end') // task main
