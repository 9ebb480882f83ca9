// A daemon closes its scope in the handler of the signal that ends it.
import { enterScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

const application = enterScope('application')
const work = setInterval(() => {}, 1000)
process.once('SIGTERM', async () => {
  await sleep(2)
  clearInterval(work)
  application.exit()
})
process.kill(process.pid, 'SIGTERM')
