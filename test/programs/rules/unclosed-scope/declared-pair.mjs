import { declareScope } from 'scope-trace'

class Client {
  async connect(fails) {
    await null
    if (fails) throw new Error('expected')
  }
  close() {}
}
const locks = { lock: async () => () => undefined }

declareScope({ name: 'client', enter: 'Client.prototype.connect', exit: ['close'], carrier: 'this' }, { Client })
declareScope({ name: 'lock', enter: 'locks.lock', exit: 'returned' }, { locks })

async function forget() {
  const client = new Client()
  await client.connect() // expect: unclosed-scope
}

async function forgetLock() {
  const unlock = await locks.lock() // expect: unclosed-scope
  return typeof unlock
}

await forget()
await forgetLock()
