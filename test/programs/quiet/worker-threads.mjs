// Worker threads with scopes of their own, and a message port between them.
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { withScope } from 'scope-trace'

if (isMainThread) {
  await withScope('workers', async () => {
    const worker = new Worker(fileURLToPath(import.meta.url))
    for (const n of [1, 2, 3]) {
      worker.postMessage(n)
      const [answer] = await once(worker, 'message')
      console.log(answer)
    }
    await worker.terminate()
  })
} else {
  parentPort.on('message', async (n) => {
    const answer = await withScope(`message ${n}`, async () => {
      await null
      return n * n
    })
    parentPort.postMessage(answer)
  })
}
