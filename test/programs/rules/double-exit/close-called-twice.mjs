// `close` is called by hand and by the caller's clean-up.
import { enterScope } from 'scope-trace'

class Connection {
  #scope = enterScope('connection')

  async close() {
    await null
    this.#scope.exit() // expect: double-exit
  }
}

const connection = new Connection()
await connection.close()
await connection.close()
