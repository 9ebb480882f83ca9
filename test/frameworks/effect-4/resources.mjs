// What one fiber acquires another one releases: that is the framework's way.
import { Effect, Fiber, Scope, Exit } from 'effect'
import { enterScope } from '../../../dist/src/index.js'

const resource = Effect.acquireRelease(
  Effect.sync(() => enterScope('connection')),
  (scope) => Effect.sync(() => scope.exit()),
)

await Effect.runPromise(
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const opening = yield* Effect.forkChild(Effect.sleep('1 millis').pipe(Effect.andThen(Scope.provide(resource, scope))))
    yield* Fiber.join(opening)
    const closing = yield* Effect.forkChild(Effect.sleep('1 millis').pipe(Effect.andThen(Scope.close(scope, Exit.void))))
    yield* Fiber.join(closing)
  }),
)
await Effect.runPromise(Effect.scoped(resource.pipe(Effect.andThen(Effect.sleep('1 millis')))))
console.log(Effect.runSync(Effect.succeed('done')))
