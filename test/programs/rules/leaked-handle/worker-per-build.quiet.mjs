import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const code = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (n) => parentPort.postMessage(n))"

for (let n = 0; n < 2; n++) {
  await withScope('build', async () => {
    const worker = new Worker(code, { eval: true })
    worker.postMessage(n)
    await once(worker, 'message')
    await worker.terminate()
  })
}
await sleep(250)
process.exit()
