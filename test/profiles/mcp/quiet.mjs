import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { startServer, version2 } from './server.mjs'

async function connect() {
  const client = new Client({ name: 'agent', version: '1.0.0' })
  const { server, transport } = await startServer()
  await client.connect(transport)
  return { client, server }
}

// One after the other, several at a time, closed twice, connected again.
for (let turn = 0; turn < 2; turn++) {
  const { client } = await connect()
  await client.callTool({ name: 'ping' })
  await client.close()
  await client.close()
  await client.connect((await startServer()).transport)
  await client.close()
}
const several = await Promise.all([connect(), connect()])
await Promise.all(several.map(({ client }) => client.close()))

// The same in version 2, where what is cached is connected anew once the other side has gone.
let cached2
async function connect2() {
  const { server, transport } = await version2.startServer()
  const client = new version2.Client({ name: 'agent', version: '1.0.0' })
  client.onclose = () => { cached2 = undefined }
  await client.connect(transport)
  return { client, server }
}
for (let turn = 0; turn < 3; turn++) {
  cached2 ??= connect2()
  const { client, server: other } = await cached2
  await client.callTool({ name: 'ping' })
  await (turn === 1 ? other.close() : client.close())
}
await Promise.all((await Promise.all([connect2(), connect2()])).map(({ client }) => client.close()))

// Closed by the other side.
const { server } = await connect()
await server.close()

// Made by the first that needs it, and closed with the program.
let cached
const get = () => (cached ??= connect())
setTimeout(async () => { await (await get()).client.callTool({ name: 'ping' }) }, 1)
setTimeout(async () => { await (await get()).client.callTool({ name: 'ping' }) }, 2)
process.once('SIGTERM', async () => {
  await (await cached).client.close()
})
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 100)
const alive = setInterval(() => {}, 10)
setTimeout(() => clearInterval(alive), 200)

// Nobody gets through.
const closed = (await startServer()).transport
await closed.close()
await new Client({ name: 'agent', version: '1.0.0' }).connect({ ...closed, start: () => Promise.reject(new Error('no')) }).catch(() => undefined)

// A server of several sessions: each begins in one request, and ends in another, with its transport or without.
const sessions = new Map()
const requests = [
  async () => { sessions.set('a', await connect()) },
  async () => { sessions.set('b', await connect()) },
  async () => { await sessions.get('a').server.close(); await sessions.get('a').server.close() },
  async () => { await null; await sessions.get('b').server.server.transport.close(); await sessions.get('b').server.close() },
  async () => { for (const one of sessions.values()) await one.server.server.sendLoggingMessage({ level: 'info', data: 'x' }).catch(() => undefined) },
]
const serving = setInterval(() => { requests.length > 1 ? void requests.shift()() : clearInterval(serving) }, 1)

// The other side says goodbye while it is being asked.
const gone = await connect()
gone.server.server.onclose = () => undefined
await gone.server.server.transport.close()
await gone.client.callTool({ name: 'ping' }).catch(() => undefined)
await gone.server.server.ping().catch(() => undefined)

// A transport without a client: a proxy's.
const echo = new StdioClientTransport({ command: 'cat' })
await echo.start()
await echo.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
await echo.close()
await echo.close()

// Never closed: nothing is left to do.
await connect()
