// Hooks of Node's test runner: what one opens another closes, and the runner waits for both.
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { declareScope, enterScope } from 'scope-trace'

class Pool {
  async take() { await wait(1); return new Client() }
}
class Client {
  give() {}
}
declareScope({ enter: 'Pool.prototype.take', carrier: 'result', exit: ['Client.prototype.give'] }, { Pool, Client })

const pool = new Pool()
const each = []
let whole, taken, later

before(async () => { whole = enterScope('whole'); await wait(1) })
beforeEach(async () => { each.push(await pool.take()); await wait(1) })
afterEach(async () => { await wait(1); each.pop().give() })
after(async () => { await null; whole.exit() })

test('first', async () => { await wait(1) })
test('second', { timeout: 1000 }, async (t) => {
  await t.test('inside', async () => { later = await pool.take() })
  await t.test('inside, too', async () => { await null; later.give() })
})
test('third', (t, done) => { setTimeout(done, 1) })
test('fourth', async () => { taken = enterScope('taken') })
test('fifth', async () => { await wait(1); taken.exit() })
describe('a suite', () => {
  let own
  before(async () => { own = await pool.take() })
  after(async () => { await null; own.give() })
  test('in it', () => {})
})
