// Whatever Effection has to start, wait for and halt, under its own name.
// fiber: root
// fiber: resource, cancelled
// fiber: member
// fiber: candidate, cancelled
// fiber: candidate
// fiber: background, cancelled
// fiber: reader
// fiber: fails
// fiber: outside, cancelled
import { action, all, call, createChannel, createScope, createSignal, each, ensure, main, race, resource, run, scoped, sleep, spawn, suspend, useAbortSignal, useScope } from 'effection'
function* useThing() {
  return yield* resource(function* thing(provide) {
    try { yield* provide('thing') } finally { console.log('thing closed') }
  })
}
const events = createSignal()
await run(function* root() {
  console.log(yield* useThing())
  console.log(yield* call(async function fetched() { await null; return 'fetched' }))
  console.log(yield* call(function* operation() { yield* sleep(1); return 'operation' }))
  console.log(yield* action(function act(resolve) { const t = setTimeout(() => resolve('acted'), 1); return () => clearTimeout(t) }))
  console.log(yield* all([sleep(1), call(function* one() { yield* sleep(1); return 1 })]))
  console.log(yield* race([call(function* slow() { try { yield* suspend() } finally { console.log('slow halted') } }), call(function* fast() { yield* sleep(1); return 'fast' })]))
  yield* scoped(function* within() {
    yield* spawn(function* background() { try { yield* suspend() } finally { console.log('background halted') } })
    yield* sleep(1)
  })
  const reader = yield* spawn(function* reader() {
    for (const event of yield* each(events)) { console.log(event); yield* each.next() }
  })
  yield* sleep(1)
  events.send('one'); events.send('two'); events.close()
  yield* reader
  const failing = yield* spawn(function* never() { yield* ensure(() => console.log('ensured')); yield* suspend() })
  yield* failing.halt()
  try { yield* scoped(function* () { yield* spawn(function* fails() { yield* sleep(1); throw new Error('expected') }); yield* suspend() }) } catch (error) { console.log(error.message) }
})
const [scope, destroy] = createScope()
const outside = scope.run(function* outside() { try { yield* suspend() } finally { console.log('outside') } })
outside.catch(() => undefined)
await destroy()
