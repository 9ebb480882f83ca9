// Two handlers on one promise: the caller waits for one of them, the other is on its own.
import { mark } from '../mark.mjs'

const source = Promise.resolve()
source.then(() => mark('aside')) // task aside, spawned by main, not joined
await source.then(() => mark('awaited')) // task main
mark('end') // task main
