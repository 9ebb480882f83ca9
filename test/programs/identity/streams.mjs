// Streams: pipeline and `for await` wait in the task of the waiter.
import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { mark } from '../mark.mjs'

for await (const chunk of Readable.from(['a', 'b'])) mark('chunk', chunk) // task main

const upper = new Transform({
  transform(chunk, _encoding, done) {
    done(null, String(chunk).toUpperCase())
  },
})
const sink = new Writable({
  write(_chunk, _encoding, done) {
    setImmediate(done)
  },
})
await pipeline(Readable.from(['a', 'b']), upper, sink)
mark('end') // task main
