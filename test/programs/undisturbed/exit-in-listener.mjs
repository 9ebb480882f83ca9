// `process.exit` in a listener of `exit`: what it leaves by is Node's own, and whoever stands behind it is called.
import { Worker, isMainThread } from 'node:worker_threads'

const describe = (fn) => [typeof fn, fn.name, fn.length, JSON.stringify(Object.getOwnPropertyDescriptor(process, 'reallyExit') ?? null)].join(' ')

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url))
  worker.on('exit', (code) => console.log('worker', code))
  await new Promise((resolve) => worker.once('exit', resolve))
}
const before = describe(process.reallyExit)
const leave = process.reallyExit
process.reallyExit = function reallyExit(code) {
  console.log('leaves with', code, this === process)
  leave.call(process, code)
}
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode, before)
  process.exit(isMainThread ? 4 : 5)
})
process.on('exit', () => console.log('never'))
setTimeout(() => {}, 5)
