// A pipeline inside a scope; the streams' own callbacks are nobody's tasks to wait for.
import { createReadStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { withScope } from 'scope-trace'

let bytes = 0
const counter = new Writable({
  write(chunk, _encoding, done) {
    bytes += chunk.length
    setImmediate(done)
  },
})
const identity = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) })

await withScope('compress', () =>
  pipeline(createReadStream(process.argv[1]), identity, createGzip(), counter),
)
console.log(bytes > 0)

await withScope('read some', async () => {
  for await (const chunk of createReadStream(process.argv[1], { highWaterMark: 16 })) {
    if (String(chunk).includes('pipeline')) break
  }
})
