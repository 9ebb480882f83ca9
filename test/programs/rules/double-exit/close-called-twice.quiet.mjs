// `close` may be called twice: it looks first.
import { enterScope } from 'scope-trace'

class Connection {
  #scope = enterScope('connection')

  async close() {
    await null
    if (!this.#scope.exited) this.#scope.exit()
  }
}

const connection = new Connection()
await connection.close()
await connection.close()
