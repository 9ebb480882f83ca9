// An interrupted fiber is a cancelled one.
// fiber: fiber #0
// fiber: fiber #1, cancelled
import { Deferred, Effect, Fiber } from 'effect'

await Effect.runPromise(
  Effect.gen(function* () {
    const started = yield* Deferred.make()
    const closing = Effect.onInterrupt(Effect.never, () => Effect.sync(() => console.log('closed')))
    const fiber = yield* Effect.fork(Effect.andThen(Deferred.succeed(started, undefined), closing))
    yield* Deferred.await(started)
    yield* Effect.sleep('2 millis')
    yield* Fiber.interrupt(fiber)
  }),
)

try {
  Effect.runSync(Effect.sync(() => undefinedFunction()))
} catch (error) {
  console.log(String(error))
}
