// A client that is lent again to others, by the library itself as well, and what is asked while a signal ends the program.
import { declareScope } from 'scope-trace'

class Pool {
  #clients = [new Client()]
  #hooks = []
  onGiven(hook) { this.#hooks.push(hook) }
  async connect() { await null; return this.#clients.pop() ?? new Client() }
  give(client) { this.#clients.push(client); for (const hook of this.#hooks) void hook(client) }
  async query(text) {
    const client = await this.connect()
    const answer = await client.query(text)
    this.give(client)
    return answer
  }
}
class Client {
  async query(text) { await null; return text }
}
class Queue {
  add(job) { return job }
  close() {}
}
declareScope({ enter: 'Pool.prototype.connect', carrier: 'result', exit: [{ method: 'Pool.prototype.give', carrier: 'argument 0' }], use: ['query'] }, { Pool })
const library = { Queue }
declareScope({ name: 'queue', enter: 'new Queue', carrier: 'this', exit: ['close'], use: ['add'], expect: { owner: false, exit: false } }, library)

const pool = new Pool()
pool.onGiven((client) => client.query('reset'))

async function save() {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('commit')
  pool.give(client)
}

await save()
await Promise.all([save(), pool.query('select'), save()])
await pool.query('select')
await save()

const queue = new library.Queue()
const polling = setInterval(() => queue.add('job'), 1)
process.once('SIGTERM', async () => {
  await null
  queue.close()
  setTimeout(() => clearInterval(polling), 20)
})
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 5)
