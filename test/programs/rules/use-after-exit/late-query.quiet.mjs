// The session is closed after its last use.
import { enterScope } from 'scope-trace'

class Session {
  #scope = enterScope('session')

  async query(text) {
    this.#scope.use(`query ${text}`)
    await null
  }

  close() {
    this.#scope.exit()
  }
}

const session = new Session()
await session.query('first')
await session.query('second')
session.close()
