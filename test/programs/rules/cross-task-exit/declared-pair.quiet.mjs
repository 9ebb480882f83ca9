import { declareScope } from 'scope-trace'

class Pool {
  async acquire() {
    await null
    return new Lease()
  }
}

class Lease {
  give() {}
}

declareScope({ name: 'lease {0}', enter: 'Pool.prototype.acquire', carrier: 'result', exit: ['Lease.prototype.give'] }, { Pool, Lease })

const pool = new Pool()

async function use() {
  const lease = await pool.acquire('first')
  await null
  lease.give()
}

async function open() {
  return pool.acquire('opened for another')
}

async function work(lease) {
  await null
  lease.give()
}

await use()
await Promise.all([use(), use()])
const lease = await open()
await null
lease.give()
;(await pool.acquire()).give()

// Handed on.
setTimeout(async () => { void work(await pool.acquire('handed on')) }, 1)
// Given back by an event, and by a chain that nobody waits for.
setTimeout(async () => {
  const kept = await pool.acquire('kept')
  setImmediate(() => kept.give())
}, 2)
setTimeout(() => {
  void pool.acquire('chained').then((chained) => Promise.resolve(chained).finally(() => chained.give()))
}, 3)
// Made by whoever needs it first, and given back with the program.
let shared
const get = () => (shared ??= pool.acquire('shared'))
setTimeout(async () => { await get() }, 4)
setTimeout(async () => { await get() }, 5)
await new Promise((resolve) => setTimeout(resolve, 30))
;(await shared).give()
