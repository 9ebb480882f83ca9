// The same kinds of function, each started and left alone.
import { mark } from '../mark.mjs'

class Client {
  field = async () => {
    await null
    mark('field') // task field, spawned by main, not joined
  }

  static async open() {
    mark('static') // task static, spawned by main, not joined
    await null
    mark('static end') // task static
  }

  async #secret() {
    await null
    mark('private') // task private, spawned by main, not joined
  }

  start() {
    this.#secret()
    this.field()
  }
}

Client.open()
new Client().start()
mark('end') // task main
