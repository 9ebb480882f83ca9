import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { startServer, version2 } from './server.mjs'
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

let second
async function observe2() {
  second = new version2.Client({ name: 'agent', version: '1.0.0' })
  await second.connect((await version2.startServer()).transport) // with: cross-task-exit
  await second.ping()
}

async function stop2() {
  await null
  await second.close() // expect: cross-task-exit
}

async function askAfterwards2() {
  const { server, transport } = await version2.startServer()
  const client = new version2.Client({ name: 'agent', version: '1.0.0' })
  await client.connect(transport)
  await client.ping()
  await client.close() // with: use-after-exit
  await client.callTool({ name: 'ping' }).catch(() => undefined) // expect: use-after-exit
  await server.close()
}

const echo = new StdioClientTransport({ command: 'cat' })
async function start() {
  await echo.start() // with: cross-task-exit
}

async function end() {
  await null
  await echo.close() // expect: cross-task-exit
}

runApart(observe, stop, askAfterwards, callBackAfterwards, observe2, stop2, askAfterwards2, start, end)
