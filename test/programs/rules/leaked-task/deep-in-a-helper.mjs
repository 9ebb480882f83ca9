// The unawaited call hides in a helper of a request.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function upload() {
  await sleep(1000)
}

async function save() {
  await sleep(1)
  void upload() // expect: leaked-task
}

async function handle() {
  await withScope('request', async () => {
    await save()
  })
}

setImmediate(() => handle())
