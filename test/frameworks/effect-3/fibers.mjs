// A fiber enters and exits its scopes across its suspensions, whatever callback resumes it.
// fiber: fiber #0
// fiber: fiber #1
// fiber: fiber #2
// fiber: fiber #3
import { Effect, Fiber } from 'effect'
import { enterScope } from '../../../dist/src/index.js'

const work = (name) =>
  Effect.gen(function* () {
    const scope = enterScope(name)
    yield* Effect.sleep('5 millis')
    yield* Effect.promise(async () => {
      await null
    })
    scope.exit()
    console.log(name)
  })

await Effect.runPromise(
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(work('forked'))
    yield* work('own')
    yield* Fiber.join(fiber)
    yield* Effect.all([work('left'), work('right')], { concurrency: 'unbounded' })
  }),
)
