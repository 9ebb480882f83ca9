// node: >=24, where AsyncDisposableStack is part of the language
// S1, mended. What is cached is how to log in; each request opens its own client and closes it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const logins = new Set()

/** A client of the market, with everything it has opened on one stack. */
async function connect(user) {
  const resources = new AsyncDisposableStack()
  await sleep(5) // the handshake
  resources.defer(() => sleep(5))
  return {
    user,
    price: async () => 101.5,
    close: () => resources.disposeAsync(),
  }
}

async function withClient(user, fn) {
  if (!logins.has(user)) throw new Error(`${user} is not logged in`)
  const client = await connect(user)
  try {
    return await fn(client)
  } finally {
    await client.close()
  }
}

const routes = {
  '/login': async (user) => {
    logins.add(user)
    return `welcome, ${user}`
  },
  '/price': (user) => withClient(user, async (client) => `ACME is at ${await client.price()}`),
  '/logout': async (user) => {
    logins.delete(user)
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
