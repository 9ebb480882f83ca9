// Workers and children that a helper starts in a request and that live as long as the program.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const echo = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (n) => parentPort.postMessage(n))"
const loop = "process.stdin.on('end', () => process.exit()).resume(); console.log('ready')"
let worker
let child

function getWorker() {
  return (worker ??= new Worker(echo, { eval: true }))
}
function getChild() {
  return (child ??= spawn(process.execPath, ['-e', loop]))
}

for (let n = 0; n < 2; n++) {
  await withScope('request', async () => {
    getWorker().postMessage(n)
    await once(getWorker(), 'message')
    if (n === 0) await once(getChild().stdout, 'data')
  })
}
await sleep(250)
process.exit()
