// The market: an MCP server over stdio with two tools.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { z } from 'zod'

const prices = { ACME: 101.5, GLOBEX: 47.25 }
const text = (value) => ({ content: [{ type: 'text', text: String(value) }] })

const server = new McpServer({ name: 'market', version: '1.0.0' })

server.registerTool(
  'price',
  { description: 'The last price of a share', inputSchema: { symbol: z.string() } },
  async ({ symbol }) => text(prices[symbol]),
)

server.registerTool(
  'buy',
  { description: 'Buys shares', inputSchema: { symbol: z.string(), quantity: z.number() } },
  async ({ symbol, quantity }) => text(quantity * prices[symbol]),
)

await server.connect(new StdioServerTransport())
