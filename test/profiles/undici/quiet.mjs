import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { Agent, Client, Pool, fetch, getGlobalDispatcher, request, setGlobalDispatcher } from 'undici'

const server = createServer((_, response) => setImmediate(() => response.end('ok'))).listen(0, '127.0.0.1')
const origin = await new Promise((resolve) => server.once('listening', () => resolve(`http://127.0.0.1:${server.address().port}`)))
const get = { path: '/', method: 'GET' }

// Made for all, closed with the program, by a signal's handler.
const shared = new Pool(origin, { connections: 4 })
const ask = async (pool) => (await (await pool.request(get)).body.text()).length
await Promise.all(Array.from({ length: 10 }, () => ask(shared)))

// Closed while its last requests are under way, and by whoever comes first.
const last = new Pool(origin)
const asked = [ask(last), ask(last), ask(last)]
await last.close()
await Promise.all(asked)

// Closed, destroyed, and destroyed again.
const client = new Client(origin)
await ask(client)
await Promise.all([client.close(), client.close()])
await client.destroy()
await client.destroy(new Error('no more'))

// Made by the first that needs it, replaced by a timer, closed by another task.
let lazy
const current = () => (lazy ??= new Agent({ connections: 2 }))
const askLazily = async () => (await (await current().request({ ...get, origin })).body.text()).length
await new Promise((resolve) => setTimeout(async () => { await askLazily(); resolve() }, 1))
await new Promise((resolve) => {
  let left = 2
  const timer = setInterval(async () => {
    const old = current()
    lazy = new Agent({ connections: 2 })
    await askLazily()
    await old.close()
    if (--left === 0) { clearInterval(timer); resolve() }
  }, 2)
})

// The global one, and one for a single request.
const before = getGlobalDispatcher()
const one = new Agent()
setGlobalDispatcher(one)
await (await request(origin)).body.text()
await (await fetch(origin)).text()
setGlobalDispatcher(before)
await one.close()
await (await fetch(origin, { dispatcher: new Agent({ keepAliveTimeout: 10 }) })).text()

// Of a class of one's own, and by CommonJS.
class Own extends Pool {
  constructor(...given) { super(...given); this.asked = 0 }
}
const own = new Own(origin)
console.log(own instanceof Pool, own.constructor === Own, Object.getPrototypeOf(Own) === Pool, await ask(own))
own.close(() => undefined)
const required = createRequire(import.meta.url)('undici')
console.log(required.Pool === Pool, new required.Client(origin) instanceof Client)

// A daemon that polls until its pool is closed.
async function poll() {
  for (;;) {
    try {
      await (await shared.request(get)).body.text()
    } catch (error) {
      return console.log(error.code.startsWith('UND_ERR'))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
void poll()

process.once('SIGTERM', async () => {
  await shared.close()
  await lazy.close()
  server.close()
})
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 20)
