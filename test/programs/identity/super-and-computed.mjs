// Overridden and computed methods, and a callee that is found through a proxy.
import { mark } from '../mark.mjs'

class Base {
  async connect() {
    await null
    mark('base') // task main
  }
}

class Derived extends Base {
  async connect() {
    mark('derived before') // task main
    await super.connect()
    mark('derived after') // task main
  }

  async ['re' + 'set']() {
    await null
    mark('computed') // task main
  }
}

const client = new Proxy(new Derived(), {})
await client.connect()
await client.reset()
mark('end') // task main
