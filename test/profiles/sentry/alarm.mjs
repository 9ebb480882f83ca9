import { setTimeout as wait } from 'node:timers/promises'
import { startSpanManual } from '@sentry/core'
import { Sentry } from './setup.cjs'
import { hub } from './hub.cjs'

async function handle(user, takes) {
  hub.pushScope().setUser({ id: user }) // with: cross-task-exit
  await wait(takes)
  hub.popScope() // expect: cross-task-exit
}

async function load(cached) {
  const span = Sentry.startInactiveSpan({ name: 'load' }) // expect: unclosed-scope
  await null
  if (cached) return
  span.end()
}

// Two at a time: each pops what the other has pushed.
let left = 2
const timer = setInterval(async () => {
  if (--left === 0) clearInterval(timer)
  await handle(left, left === 1 ? 20 : 40)
  if (left === 0) await finish()
}, 5)

let finished = false
async function finish() {
  if (finished) return
  finished = true
  await load(false)
  await load(true)
  await startSpanManual({ name: 'manual' }, async (span) => { // expect: unclosed-scope
    await null
    span.setAttribute('done', true)
  })
}
