// Under Node's test runner, too: a job of the test itself closes what another job has opened.
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { enterScope } from 'scope-trace'

test('jobs', async () => {
  let session
  const jobs = [
    async () => {
      session = enterScope('session') // with: cross-task-exit
      await null
    },
    async () => {
      await null
      session.exit() // expect: cross-task-exit
    },
  ]
  const timer = setInterval(async () => {
    const job = jobs.shift()
    if (job === undefined) clearInterval(timer)
    else await job()
  }, 1)
  await wait(50)
})
