import { declareScope } from 'scope-trace'

class Client {
  async connect(fails) {
    await null
    if (fails) throw new Error('expected')
  }
  close() {}
}
class Cached extends Client {}
const locks = { lock: async () => () => undefined }
const scripts = { start() { return this }, stop() {} }

declareScope({ name: 'client', enter: 'Client.prototype.connect', exit: ['close'], carrier: 'this' }, { Client })
declareScope({ name: 'lock', enter: 'locks.lock', exit: 'returned' }, { locks })
declareScope({ name: 'script', enter: 'scripts.start', carrier: 'this', exit: ['stop'], expect: { exit: false } }, { scripts })

// Not connected, so there is nothing to close.
await new Client().connect(true).catch(() => undefined)
try {
  await new Cached().connect(true)
} catch {
  // Expected.
}

const client = new Client()
await client.connect()
client.close()
await client.connect()
await null
client.close()

// Closed while it connects, and by the code that failed to connect it.
const hasty = new Client()
const connecting = hasty.connect()
hasty.close()
await connecting
const failing = new Client()
try { await failing.connect(true) } catch { /* expected */ } finally { failing.close() }

const unlock = await locks.lock()
unlock()
scripts.start()
