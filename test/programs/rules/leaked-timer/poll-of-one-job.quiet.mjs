// The one who started the program's only job, elsewhere, also stops its polling.
import { setTimeout as sleep } from 'node:timers/promises'
import { enterScope } from 'scope-trace'

let polls = 0
let polling

async function job() {
  const scope = enterScope('job')
  polling = setInterval(() => polls++, 20)
  await sleep(5)
  scope.exit()
}

setTimeout(job, 1)
await sleep(250)
clearInterval(polling)
await sleep(50)
process.exit()
