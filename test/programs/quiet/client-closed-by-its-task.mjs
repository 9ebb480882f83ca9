// A client is cached for the length of a job, used by parallel calls, and closed by the job.
import { setTimeout as sleep } from 'node:timers/promises'
import { enterScope, withScope } from 'scope-trace'

class Client {
  static async open(name) {
    await sleep(1)
    return new Client(name)
  }

  constructor(name) {
    this.scope = enterScope(`client ${name}`)
  }

  async call(n) {
    this.scope.use(`call ${n}`)
    await sleep(n % 3)
    return n
  }

  async close() {
    await sleep(1)
    this.scope.exit()
  }
}

async function job(name) {
  const client = await Client.open(name)
  try {
    await Promise.all([1, 2, 3].map((n) => withScope(`${name} ${n}`, () => client.call(n))))
  } finally {
    await client.close()
  }
}

await job('first')
await Promise.all([job('second'), job('third')])
