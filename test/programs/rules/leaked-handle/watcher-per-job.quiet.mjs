import { createSocket } from 'node:dgram'
import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const folder = dirname(fileURLToPath(import.meta.url))

const job = () => withScope('job', async () => {
  const watcher = watch(folder)
  const { port1 } = new MessageChannel()
  port1.on('message', () => {})
  const socket = createSocket('udp4')
  socket.bind(0)
  await sleep(2)
  watcher.close()
  port1.close()
  socket.unref()
})

setTimeout(job, 1)
await sleep(250)
process.exit()
