// A test opens and closes its session itself, and its hooks open and close another.
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { enterScope } from 'scope-trace'

let shared
beforeEach(async () => {
  await null
  shared = enterScope('shared')
})
afterEach(async () => {
  await null
  shared.exit()
})

test('jobs', async () => {
  const session = enterScope('session')
  const jobs = [async () => { await null }, async () => { await wait(1) }]
  for (const job of jobs) await job()
  session.exit()
})
test('more jobs', async () => { await wait(1) })
