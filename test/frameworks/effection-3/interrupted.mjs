// A halted task is a cancelled one.
// fiber: effection task
// fiber: server, cancelled
import { run, sleep, spawn, suspend } from 'effection'

await run(function* () {
  const task = yield* spawn(function* server() {
    try {
      yield* suspend()
    } finally {
      console.log('closed')
    }
  })
  yield* sleep(2)
  yield* task.halt()
})

try {
  await run(function* () {
    throw new Error('expected')
  })
} catch (error) {
  console.log(error.message)
}
