// Node's own async iterators, in loops that end, that are left, and by hand.
import { EventEmitter, on } from 'node:events'
import { open, unlink, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { compose, PassThrough, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn, setInterval as ticks } from 'node:timers/promises'

async function* numbers(closed) {
  try {
    for (let n = 0; n < 100; n++) yield n
  } finally {
    await turn()
    closed.push('numbers')
  }
}

const closed = []
for await (const n of Readable.from(numbers(closed))) if (n === 3) break
for await (const n of Readable.from(numbers(closed)).map((n) => n * 2).take(4)) closed.push(n)
await pipeline(numbers(closed), async function* (source) {
  for await (const n of source) yield String(n)
}, new PassThrough())
await Readable.from(numbers(closed)).find((n) => n === 5)
const destroyed = Readable.from(numbers(closed))
destroyed.read()
setTimeout(() => destroyed.destroy(), 2)
const composed = compose(async function* (source) { for await (const chunk of source) yield chunk }, new Transform({
  objectMode: true,
  transform(chunk, encoding, done) { done(null, chunk) },
}))
composed.end('text')
for await (const chunk of composed) closed.push(String(chunk))
await new Response(ReadableStream.from(numbers(closed)).pipeThrough(new TransformStream({
  transform(n, controller) { controller.enqueue(new TextEncoder().encode(String(n))) },
}))).text()
const reader = ReadableStream.from(numbers(closed)).getReader()
await reader.read()
setTimeout(() => reader.cancel(), 2)

const emitter = new EventEmitter()
const stop = new AbortController()
setTimeout(() => { emitter.emit('price', 1); emitter.emit('price', 2); setTimeout(() => stop.abort(), 2) }, 1)
try {
  for await (const [price] of on(emitter, 'price', { signal: stop.signal })) closed.push(price)
} catch (error) {
  closed.push(error.name)
}
const prices = on(emitter, 'price')
setTimeout(() => emitter.emit('price', 3), 1)
closed.push((await prices.next()).value[0])

let left = 3
for await (const _ of ticks(1)) if (--left === 0) break
const beats = ticks(1, 'beat', { ref: false })
setTimeout(() => undefined, 20)
closed.push((await beats.next()).value)

const path = new URL(`./lines-${process.pid}.txt`, `file://${process.env.TMPDIR ?? '/tmp'}/`)
await writeFile(path, 'a\nb\nc\n')
const file = await open(path)
for await (const line of file.readLines()) if (line === 'b') break
const lines = createInterface({ input: Readable.from(['one\n', 'two\n']) })
const iterator = lines[Symbol.asyncIterator]()
closed.push((await iterator.next()).value)
lines.close()
await file.close()
await unlink(path)
console.log(closed.length)
