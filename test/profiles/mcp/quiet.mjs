import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { startServer } from './server.mjs'

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

// Never closed: nothing is left to do.
await connect()
