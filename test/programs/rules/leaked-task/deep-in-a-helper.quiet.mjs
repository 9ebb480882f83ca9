// The helper waits for its call.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function upload() {
  await sleep(20)
}

async function save() {
  await sleep(1)
  await upload()
}

async function handle() {
  await withScope('request', async () => {
    await save()
  })
}

setImmediate(() => handle())
