// The session is used after it was closed.
import { enterScope } from 'scope-trace'

class Session {
  #scope = enterScope('session')

  async query(text) {
    this.#scope.use(`query ${text}`) // expect: use-after-exit
    await null
  }

  close() {
    this.#scope.exit()
  }
}

const session = new Session()
await session.query('in time')
session.close()
await session.query('too late')
