// What an operation starts as a promise is not Effection's: nobody halts it, and nobody waits for it.
// fiber: server, cancelled
import { setTimeout as delay } from 'node:timers/promises'
import { call, run, sleep, spawn, suspend } from 'effection'
import { withScope } from '../../../dist/src/index.js'

async function audit() {
  await delay(300)
}

async function outside() {
  await withScope('outside', async () => {
    void audit() // expect: leaked-task
    await null
  })
}

await run(function* root() {
  const server = yield* spawn(function* server() {
    yield* call(async function request() {
      await withScope('request', async () => {
        void audit() // expect: leaked-task
        await delay(20)
      })
    })
    yield* suspend()
  })
  yield* sleep(400)
  yield* server.halt()
})
await outside()
await delay(400)
