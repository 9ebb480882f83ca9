// A client that went back to its pool is asked again: by then it serves somebody else.
import { declareScope } from 'scope-trace'

class Pool {
  #clients = [new Client()]
  async connect() { await null; return this.#clients.pop() ?? new Client() }
  give(client) { this.#clients.push(client) }
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

async function save() {
  const client = await pool.connect()
  await client.query('begin')
  pool.give(client) // with: use-after-exit
  await client.query('commit') // expect: use-after-exit
}

await save()

const queue = new library.Queue()
setTimeout(() => queue.close(), 1) // with: use-after-exit
setTimeout(() => queue.add('late'), 10) // expect: use-after-exit
