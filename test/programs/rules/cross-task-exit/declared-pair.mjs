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
const leases = []
const jobs = [take, giveBack]

async function take() {
  leases.push(await pool.acquire('first')) // with: cross-task-exit
}

async function giveBack() {
  await null
  leases.pop().give() // expect: cross-task-exit
}

const timer = setInterval(async () => {
  const job = jobs.shift()
  if (job === undefined) clearInterval(timer)
  else await job()
}, 5)
