// One job, started by a timer: what polls for it goes on when it is over.
import { setTimeout as sleep } from 'node:timers/promises'
import { enterScope } from 'scope-trace'

let polls = 0

async function job() {
  const scope = enterScope('job')
  setInterval(() => polls++, 20) // expect: leaked-timer
  await sleep(5)
  scope.exit()
}

setTimeout(job, 1)
await sleep(250)
process.exit()
