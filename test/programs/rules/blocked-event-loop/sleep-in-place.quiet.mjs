// options: --block-after 100, so that it is looked at soon
import { lookedAt } from '../../stood.mjs'

const lock = new Int32Array(new SharedArrayBuffer(4))

// A script that pauses, and has nothing else to do.
while (!lookedAt(4)) Atomics.wait(lock, 0, 0, 400)
