// A cluster of two workers; each answers in a scope, and leaves when it is told to.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { withScope } from 'scope-trace'

if (cluster.isPrimary) {
  await withScope('cluster', async () => {
    const workers = [cluster.fork(), cluster.fork()]
    await Promise.all(workers.map((worker) => once(worker, 'message')))
    const gone = workers.map((worker) => once(worker, 'exit'))
    for (const worker of workers) worker.disconnect()
    await Promise.all(gone)
  })
} else {
  await withScope('start', async () => {
    await null
    process.send('ready')
  })
}
