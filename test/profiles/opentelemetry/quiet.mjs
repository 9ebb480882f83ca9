import { createServer, get } from 'node:http'
import { createRequire } from 'node:module'
import { context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BasicTracerProvider, AlwaysOffSampler } from '@opentelemetry/sdk-trace-base'
import { early, tracer } from './setup.mjs'

async function work(name) {
  const span = tracer.startSpan(name)
  try {
    await null
    return await tracer.startActiveSpan(`${name} inside`, { attributes: { a: 1 } }, async (inner) => {
      await null
      inner.end()
      return trace.getActiveSpan() === inner
    })
  } finally {
    span.end()
  }
}

console.log(await work('one'), await Promise.all([work('two'), work('three')]))
console.log(tracer.startActiveSpan('sync', (span) => { span.end(); return 1 }), early.startActiveSpan('early', {}, ROOT_CONTEXT, (span) => { span.end(); return 2 }))

// Ended by another task: an event, a timer, a response that is closed.
const server = createServer((request, response) => {
  const span = early.startSpan(request.url)
  response.once('close', () => span.end())
  setTimeout(() => response.end('ok'), 1)
}).listen(0, '127.0.0.1', () => {
  const span = tracer.startSpan('client')
  get({ host: '127.0.0.1', port: server.address().port, agent: false }, (response) => {
    response.resume().on('end', () => { span.end(); server.close() })
  })
})
const spans = new Map()
setTimeout(() => spans.set('later', tracer.startSpan('later')), 1)
const ending = setInterval(async () => {
  if (!spans.has('later')) return
  clearInterval(ending)
  await null
  spans.get('later').end()
}, 1)

// What nobody records need not be ended.
new BasicTracerProvider({ sampler: new AlwaysOffSampler() }).getTracer('off').startSpan('off')
createRequire(import.meta.url)('@opentelemetry/api').trace.getTracer('nowhere')

// Contexts end by themselves, whatever goes on afterwards.
const KEY = createContextKey('key')
const inside = context.with(ROOT_CONTEXT.setValue(KEY, 1), async () => {
  void new Promise((resolve) => setTimeout(resolve, 200))
  await null
  return context.active().getValue(KEY)
})
console.log(await inside, context.with(ROOT_CONTEXT, function (a) { return [this, a] }, 'self', 2))
try { context.with(ROOT_CONTEXT, () => { throw new Error('expected') }) } catch (error) { console.log(error.message) }
console.log(await context.with(ROOT_CONTEXT, async () => { throw new Error('late') }).catch((error) => error.message))

// For as long as the program runs.
const whole = tracer.startSpan('program')
process.on('exit', () => whole.end())

// The program is made to exit while a request is under way: its end would have come.
const slow = () => tracer.startSpan('slow')
const held = []
setTimeout(() => held.push(slow()), 20)
setTimeout(() => held[0].end(), 10_000)
const leaving = setInterval(() => {
  if (held.length === 0 || server.listening) return
  clearInterval(leaving)
  process.exit()
}, 20)
