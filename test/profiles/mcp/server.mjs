import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { Client as Client2, InMemoryTransport as InMemoryTransport2 } from '@modelcontextprotocol/client'
import { McpServer as McpServer2 } from '@modelcontextprotocol/server'

async function start(Server, Transport) {
  const server = new Server({ name: 'test', version: '1.0.0' })
  server.registerTool('ping', {}, async () => ({ content: [{ type: 'text', text: 'pong' }] }))
  const [near, far] = Transport.createLinkedPair()
  await server.connect(far)
  return { server, transport: near }
}

/** A server, and the transport by which a client reaches it. */
export const startServer = () => start(McpServer, InMemoryTransport)

/** The same of version 2, with its client. */
export const version2 = { Client: Client2, startServer: () => start(McpServer2, InMemoryTransport2) }
