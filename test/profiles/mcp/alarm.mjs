import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { startServer } from './server.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const clients = new Map()

async function observe() {
  const client = new Client({ name: 'agent', version: '1.0.0' })
  await client.connect((await startServer()).transport) // with: cross-task-exit
  clients.set('market', client)
  await client.callTool({ name: 'ping' })
}

async function stop() {
  await null
  await clients.get('market').close() // expect: cross-task-exit
}

async function askAfterwards() {
  const { server, transport } = await startServer()
  const client = new Client({ name: 'agent', version: '1.0.0' })
  await client.connect(transport)
  await client.ping()
  await client.close() // with: use-after-exit
  await client.callTool({ name: 'ping' }).catch(() => undefined) // expect: use-after-exit
  await server.close()
}

async function callBackAfterwards() {
  const { server } = await startServer()
  await server.close() // with: use-after-exit
  await server.server.ping().catch(() => undefined) // expect: use-after-exit
}

const echo = new StdioClientTransport({ command: 'cat' })
async function start() {
  await echo.start() // with: cross-task-exit
}

async function end() {
  await null
  await echo.close() // expect: cross-task-exit
}

runApart(observe, stop, askAfterwards, callBackAfterwards, start, end)
