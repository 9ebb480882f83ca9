import type { ScopeDeclaration } from '../protocol.ts';
import type { Profile } from './profile.ts';

const CALLS = [
  'callTool', 'complete', 'getPrompt', 'listPrompts', 'listResourceTemplates', 'listResources', 'listTools', 'ping', 'readResource',
  'subscribeResource', 'unsubscribeResource',
];
const CALLS_BACK = ['createMessage', 'elicitInput', 'listRoots', 'ping', 'sendLoggingMessage'];
const CLIENTS_ENDS = ['StdioClientTransport', 'SSEClientTransport', 'StreamableHTTPClientTransport', 'WebSocketClientTransport'];
const SERVERS_ENDS = ['StdioServerTransport', 'SSEServerTransport', 'StreamableHTTPServerTransport', 'WebStandardStreamableHTTPServerTransport'];

/**
 * A client that one task connects and an unrelated one closes: the one that still uses it loses it. A
 * cached client that is never closed is ordinary, and a second close changes nothing; a call after it fails.
 */
const clientOf = (packageName: string): ScopeDeclaration => ({
  name: 'MCP client',
  package: packageName,
  enter: 'Client.prototype.connect',
  carrier: 'this',
  exit: ['Client.prototype.close', { method: 'Client.prototype._onclose', owner: false }],
  use: CALLS,
  expect: { once: false, exit: false },
});

const ENDED = { method: 'Server.prototype._onclose', owner: false };

/** A server is closed in whichever request the peer says goodbye, or by whoever shuts down, and by its transport as well. */
const serversOf = (packageName: string): readonly ScopeDeclaration[] => [
  {
    name: 'MCP server',
    package: packageName,
    enter: 'McpServer.prototype.connect',
    carrier: 'this.server',
    exit: [{ method: 'McpServer.prototype.close', carrier: 'this.server' }, 'Server.prototype.close', ENDED],
    use: CALLS_BACK,
    expect: { owner: false, once: false, exit: false },
  },
  {
    name: 'MCP server',
    package: packageName,
    enter: 'Server.prototype.connect',
    carrier: 'this',
    exit: ['Server.prototype.close', ENDED],
    use: CALLS_BACK,
    expect: { owner: false, once: false, exit: false },
  },
];

/** Those that the program starts by itself; a client or a server starts and closes its own. */
const transportsOf = (packageName: string, classes: readonly string[], owner: boolean): ScopeDeclaration => ({
  name: 'MCP transport',
  package: packageName,
  enter: classes.map((name) => `${name}.prototype.start`),
  carrier: 'this',
  exit: ['close'],
  use: ['send'],
  expect: { owner, once: false, exit: false },
});

/** Version 1 is one package, version 2 one for each side. */
export const mcp: Profile = {
  name: 'mcp',
  scopes: [
    clientOf('@modelcontextprotocol/sdk'),
    clientOf('@modelcontextprotocol/client'),
    ...serversOf('@modelcontextprotocol/sdk'),
    ...serversOf('@modelcontextprotocol/server'),
    transportsOf('@modelcontextprotocol/sdk', CLIENTS_ENDS, true),
    transportsOf('@modelcontextprotocol/client', CLIENTS_ENDS, true),
    transportsOf('@modelcontextprotocol/sdk', SERVERS_ENDS, false),
    transportsOf('@modelcontextprotocol/server', SERVERS_ENDS, false),
  ],
};
