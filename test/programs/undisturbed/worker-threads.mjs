// Workers: their options, output, messages, errors and exit codes.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const code = `
  const { parentPort, workerData, threadId } = require('node:worker_threads')
  console.log(process.execArgv, process.argv.length, workerData)
  parentPort.once('message', async (n) => { await null; parentPort.postMessage(n + 1) })
`
const worker = new Worker(code, { eval: true, workerData: 'data', argv: ['one'] })
worker.postMessage(1)
console.log(await Promise.all([once(worker, 'message'), once(worker, 'exit')]))

const own = new Worker('console.log(process.execArgv, process.env.ONLY)', { eval: true, execArgv: ['--no-warnings'], env: { ONLY: 'this' } })
console.log(await once(own, 'exit'))

const failing = new Worker('setTimeout(() => { throw new Error("in the worker") }, 1)', { eval: true })
failing.on('error', (error) => console.log(error.message))
console.log(await new Promise((resolve) => failing.on('exit', resolve)))

const exiting = new Worker('process.exit(4)', { eval: true })
console.log(await once(exiting, 'exit'))
const silent = new Worker('console.log("piped")', { eval: true, stdout: true })
for await (const chunk of silent.stdout) console.log('from the worker:', String(chunk).trim())
const endless = new Worker('setInterval(() => {}, 1000)', { eval: true })
await once(endless, 'online')
console.log(await endless.terminate())
