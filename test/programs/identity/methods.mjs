// Every way to write an async function on an object or a class.
import { mark } from '../mark.mjs'

class Client {
  field = async () => {
    await null
    mark('field') // task main
  }

  static async open() {
    await null
    mark('static') // task main
    return new Client()
  }

  async method() {
    await this.#secret()
    mark('method') // task main
  }

  async #secret() {
    await null
    mark('private') // task main
  }

  get lazy() {
    return (async () => {
      await null
      mark('getter') // task main
    })()
  }
}

const client = await Client.open()
await client.method()
await client.field()
await client.lazy
mark('end') // task main
