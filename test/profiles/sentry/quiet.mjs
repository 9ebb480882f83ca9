import * as core from '@sentry/core'
import { Sentry } from './setup.cjs'
import { Sentry as Sentry7, hub } from './hub.cjs'

const pause = () => new Promise((resolve) => setTimeout(resolve, 1))

// Pushed and popped in one go, and by those that end by themselves.
for (let turn = 0; turn < 3; turn++) {
  hub.pushScope().setTag('turn', String(turn))
  hub.captureMessage('hello')
  hub.popScope()
}
hub.withScope((scope) => scope.setTag('a', '1'))
await Sentry7.withScope(async () => { await pause() })
hub.popScope()

// Ended by the library.
const value = await Sentry.withIsolationScope(async () => {
  await pause()
  return Sentry.withScope((scope) => {
    scope.setTag('a', '1')
    void pause()
    return 1
  })
})
console.log(value, await Sentry.startSpan({ name: 'around' }, async () => { await pause(); return 2 }))
console.log(await Sentry.withScope(async () => { throw new Error('expected') }).catch((error) => error.message))

// Ended by the program, once or twice, here or elsewhere.
async function work(name) {
  const span = Sentry.startInactiveSpan({ name })
  try {
    await pause()
    span.end()
  } finally {
    span.end()
  }
}
await work('one')
await Promise.all([work('two'), work('three')])
await Sentry.startSpanManual({ name: 'manual' }, async (span) => { await pause(); span.setStatus({ code: 1 }); span.end() })
const spans = []
setTimeout(() => spans.push(Sentry.startInactiveSpan({ name: 'later' })), 1)
const ending = setInterval(async () => {
  if (spans.length === 0) return
  clearInterval(ending)
  await null
  spans[0].end()
}, 1)

// The same functions by ES modules.
core.withScope(() => core.startInactiveSpan({ name: 'imported' }).end())
