import { Client } from '@modelcontextprotocol/sdk/client/index.js'
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

runApart(observe, stop)
