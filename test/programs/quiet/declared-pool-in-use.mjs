// options: --budget 0
// Far more is taken and given back than can be looked at, and what is given back is taken again.
import { declareScope } from 'scope-trace'

class Pool {
  free = [{ id: 1, give: () => undefined }, { id: 2, give: () => undefined }]
  waiting = []
  take() {
    return new Promise((resolve) => {
      if (this.free.length > 0) resolve(this.free.pop())
      else this.waiting.push(resolve)
    })
  }
  give(one) {
    const next = this.waiting.shift()
    if (next === undefined) this.free.push(one)
    else next(one)
  }
}

declareScope({ enter: 'Pool.prototype.take', carrier: 'result', exit: [{ method: 'Pool.prototype.give', carrier: 'argument 0' }] }, { Pool })

const pool = new Pool()

async function use() {
  const one = await pool.take()
  try {
    await one.id
  } finally {
    pool.give(one)
  }
}

for (let round = 0; round < 1500; round++) {
  await Promise.all([use(), use(), use(), use()])
}
