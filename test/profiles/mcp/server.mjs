import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'

/** A server, and the transport by which a client reaches it. */
export async function startServer() {
  const server = new McpServer({ name: 'test', version: '1.0.0' })
  server.registerTool('ping', {}, async () => ({ content: [{ type: 'text', text: 'pong' }] }))
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
  return { server, transport: near }
}
