// A closed pipe, a slow reader, and a stream that is destroyed half-way.
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const slow = new Writable({ highWaterMark: 1, write: (chunk, _, done) => setImmediate(done) })
await pipeline(Readable.from(Array.from({ length: 50 }, String)), slow)
console.log(slow.writableFinished)
const source = Readable.from((async function* () {
  try {
    for (let n = 0; ; n++) yield String(n)
  } finally {
    console.log('source closed')
  }
})())
source.once('data', () => source.destroy(new Error('expected')))
source.on('error', (error) => console.log(error.message))
