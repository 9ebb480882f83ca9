// node: >=24, where AsyncDisposableStack is part of the language
// S1. One request opens a client and caches it; another request closes it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const clients = new Map()

/** A client of the market, with everything it has opened on one stack. */
async function connect(user) {
  const resources = new AsyncDisposableStack()
  await sleep(5) // the handshake
  resources.defer(() => sleep(5)) // expect: cross-task-exit
  return {
    user,
    price: async () => 101.5,
    close: () => resources.disposeAsync(), // with: cross-task-exit
  }
}

const routes = {
  '/login': async (user) => {
    clients.set(user, await connect(user))
    return `welcome, ${user}`
  },
  '/price': async (user) => `ACME is at ${await clients.get(user).price()}`,
  '/logout': async (user) => {
    await clients.get(user).close()
    clients.delete(user)
    return `goodbye, ${user}`
  },
}

const server = createServer(async (request, response) => {
  response.end(await routes[request.url]('ann'))
})
server.listen(0)
await once(server, 'listening')
for (const path of Object.keys(routes)) {
  const response = await fetch(`http://localhost:${server.address().port}${path}`)
  console.log(await response.text())
}
server.close()
server.closeAllConnections()
