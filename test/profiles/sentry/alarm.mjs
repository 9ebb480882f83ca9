import { setTimeout as wait } from 'node:timers/promises'
import { startSpanManual } from '@sentry/core'
import { Sentry } from './setup.cjs'
import { hub } from './hub.cjs'

/** Settled by hand, by whoever has got so far. */
const steps = ['both pushed', 'first popped'].map(() => {
  const step = {}
  step.reached = new Promise((resolve) => { step.reach = resolve })
  return step
})

async function handle(user, until) {
  hub.pushScope().setUser({ id: user }) // with: cross-task-exit
  await until.reached
  await wait(1)
  hub.popScope() // expect: cross-task-exit
}

async function load(cached) {
  const span = Sentry.startInactiveSpan({ name: 'load' }) // expect: unclosed-scope
  await null
  if (cached) return
  span.end()
}

// Two at a time: each pops what the other has pushed.
const [bothPushed, firstPopped] = steps
setTimeout(async () => {
  await handle('first', bothPushed)
  firstPopped.reach()
}, 1)
setTimeout(async () => {
  const handled = handle('second', firstPopped)
  bothPushed.reach()
  await handled
  await finish()
}, 1)

async function finish() {
  await load(false)
  await load(true)
  await startSpanManual({ name: 'manual' }, async (span) => { // expect: unclosed-scope
    await null
    span.setAttribute('done', true)
  })
}
