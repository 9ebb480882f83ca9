// Jobs that are started by timers watch files, listen to ports and to datagrams, and never stop.
import { createSocket } from 'node:dgram'
import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const folder = dirname(fileURLToPath(import.meta.url))

const job = () => withScope('job', async () => {
  watch(folder) // expect: leaked-handle
  const { port1 } = new MessageChannel() // expect: leaked-handle
  port1.on('message', () => {})
  createSocket('udp4').bind(0) // expect: leaked-handle
  await sleep(2)
})

setTimeout(job, 1)
await sleep(250)
process.exit()
