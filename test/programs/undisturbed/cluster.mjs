// A cluster: who listens, who answers, who leaves.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer, get } from 'node:http'

if (cluster.isPrimary) {
  const worker = cluster.fork()
  const [, address] = await once(cluster, 'listening')
  const [response] = await once(get({ port: address.port, agent: false }), 'response')
  console.log(response.statusCode, String((await response.toArray())[0]))
  worker.disconnect()
  console.log(await once(worker, 'exit'), worker.exitedAfterDisconnect)
} else {
  createServer(async (_, response) => {
    await null
    response.end('from the worker')
  }).listen(0, '127.0.0.1')
}
