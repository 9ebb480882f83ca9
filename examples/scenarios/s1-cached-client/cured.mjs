// node: >=24, where AsyncDisposableStack is part of the language
// S1, cured. Each request is isolated: whatever it opens has been closed, in its task, when it answers.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isolate } from 'scope-trace/remedies'

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

function withClient(user, fn) {
  if (!logins.has(user)) throw new Error(`${user} is not logged in`)
  return isolate(`client of ${user}`, async () => {
    const client = await connect(user)
    try {
      return await fn(client)
    } finally {
      await client.close()
    }
  }, { timeout: 1000 })
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
