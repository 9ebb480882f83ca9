// One session with the market: an MCP client, its server process, and the scope that guards both.
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { enterScope } from 'scope-trace'

const server = fileURLToPath(new URL('server.mjs', import.meta.url))

export async function openSession(name) {
  const scope = enterScope(`session ${name}`)
  const client = new Client({ name: 'trading-agent', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [server] }))
  return new Session(scope, client)
}

class Session {
  #scope
  #client
  #closed = false

  constructor(scope, client) {
    this.#scope = scope
    this.#client = client
  }

  get closed() {
    return this.#closed
  }

  async call(tool, input) {
    this.#scope.use(tool)
    const { content } = await this.#client.callTool({ name: tool, arguments: input })
    return Number(content[0].text)
  }

  async close() {
    this.#closed = true
    await this.#client.close()
    this.#scope.exit()
  }
}
