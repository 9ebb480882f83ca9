// An operation enters and exits its scopes across its suspensions, whatever callback resumes it.
// fiber: root
// fiber: child
// fiber: second
import { call, run, sleep, spawn, useScope } from 'effection'
import { enterScope } from '../../../dist/src/index.js'

await run(function* root() {
  const outer = enterScope('root')
  const task = yield* spawn(function* child() {
    const scope = enterScope('child')
    yield* sleep(5)
    yield* call(async () => {
      await null
    })
    scope.exit()
    console.log('child')
  })
  const here = yield* useScope()
  const second = here.run(function* second() {
    const scope = enterScope('second')
    yield* sleep(1)
    scope.exit()
  })
  yield* second
  yield* task
  outer.exit()
  console.log('root')
})
