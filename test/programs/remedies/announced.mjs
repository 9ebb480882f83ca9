// The remedies under the tracker: what they announce is right, and health sees what they have left and what others have.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { currentTask, enterScope, openScopes } from 'scope-trace'
import { deadline, guardIterator, health, isolate, taskGroup, trackCall } from 'scope-trace/remedies'

const users = new AsyncLocalStorage()
const kindsOf = ({ residue }) => residue.map(({ kind, name }) => `${kind} ${name}`).sort()

assert.deepEqual(health(), { healthy: true, residue: [], tracked: true })

// Its name is that of its task and of its scope.
await isolate('import', () => {
  assert.equal(currentTask().name, 'import')
  assert.deepEqual(openScopes().map(({ name }) => name), ['import'])
  assert.equal(health().healthy, true)
})

// What is entered inside does not leak; what is entered outside does, and is told.
async function enterUser(user) {
  users.enterWith(user)
  await sleep(1)
}
await isolate('isolated', () => enterUser('ann'))
assert.equal(users.getStore(), undefined)
assert.equal(health().healthy, true)
await enterUser('ben')
assert.deepEqual(kindsOf(health()), ['leaked-context enterUser'])
users.enterWith(undefined)
assert.equal(health().healthy, true)

// Scopes and tasks of others.
const scope = enterScope('kept open')
const background = (async function background() { await sleep(5) })()
await null // a call is a task when its caller has gone on without it
assert.deepEqual(kindsOf(health()), ['open-scope kept open', 'running-task background'])
await background
scope.exit()
assert.equal(health().healthy, true)

// Everything at once, and nothing is left of it.
async function* numbers(signal) {
  for (let n = 0; ; n++) {
    await sleep(1, undefined, { signal })
    yield n
  }
}
const call = trackCall('sum', async ({ start, signal }) => {
  start('read', async (group) => { for await (const n of guardIterator(numbers(group.signal), group)) if (n > 2) break })
  start('fan out', () => taskGroup((group) => Promise.all([1, 2, 3].map((ms) => group.start(() => sleep(ms))))))
  await deadline(1, (group) => sleep(500, undefined, { signal: group.signal })).catch((error) => assert.equal(error.name, 'TimeoutError'))
  assert.equal(signal.aborted, false)
  return 6
})
assert.equal(await call.result, 6)
await call.safeToProceed()
assert.equal(health().healthy, true)

// The other copy of the library, for `require`, stands in the same groups.
const copy = createRequire(import.meta.url)('scope-trace/remedies')
assert.notEqual(copy.taskGroup, taskGroup)
await assert.rejects(taskGroup((group) => {
  const inner = copy.taskGroup(({ path, signal }) => {
    assert.equal(path, 'task group › task group')
    return sleep(500, undefined, { signal })
  })
  group.cancel('enough')
  return inner
}), (reason) => reason === 'enough')
