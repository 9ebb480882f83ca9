import type { Profile } from './profile.ts';

/**
 * A client that one task connects and an unrelated one closes: the one that still uses it loses it.
 *
 * A cached client that is never closed is ordinary, and a second close changes nothing. Servers and
 * transports are left out: the SDK closes them itself, in whichever request the peer says goodbye.
 */
export const mcp: Profile = {
  name: 'mcp',
  scopes: [
    {
      name: 'MCP client',
      package: '@modelcontextprotocol/sdk',
      enter: 'Client.prototype.connect',
      carrier: 'this',
      exit: ['Client.prototype.close', 'Client.prototype._onclose'],
      expect: { once: false, exit: false },
    },
  ],
};
