// exec: --test-reporter=tap
// Node's own test runner inside the program.
import { describe, it, test } from 'node:test'
import assert from 'node:assert/strict'

test('passes', async () => {
  await null
  assert.equal(1, 1)
})
describe('a suite', () => {
  it('is async', async (t) => {
    await t.test('inside', async () => {
      await new Promise((resolve) => setImmediate(resolve))
    })
  })
})
