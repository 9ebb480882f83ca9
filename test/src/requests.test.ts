import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandLine } from '../../tracker/protocol.ts';
import type { CallStarted, ScopeEntered, TraceRecord } from '../../tracker/protocol.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';
import { nodeLines } from '../support/node-lines.ts';

const LIBRARY = new URL('../../dist/src/index.js', import.meta.url).href;

/** Runs a program and returns what it recorded. */
async function record(node: string, source: string): Promise<TraceRecord[]> {
  const folder = emptyFolder();
  const recording = join(folder, 'recording');
  const { code, stderr } = await scopeTrace(['--trace', recording, '--', node, put(folder, 'program.mjs', source)]);
  expect(code, stderr).toBe(0);
  const file = readdirSync(recording).find((name) => name.endsWith('.jsonl')) ?? '';
  const lines = readFileSync(join(recording, file), 'utf8').trimEnd().split('\n');
  return lines.flatMap((line) => {
    const value = JSON.parse(line) as unknown;
    return (Array.isArray(value) ? expandLine(value) : [value]) as TraceRecord[];
  });
}

/** What became of each request, in the order of arrival. */
function requestsOf(records: readonly TraceRecord[]): string[] {
  const requests = records.filter((one): one is ScopeEntered => one.kind === 'scope-entered' && one.scopeKind === 'request');
  return requests
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ scope, name }) => {
      const cut = records.find((one) => one.kind === 'scope-cancelled' && one.scope === scope);
      const exited = records.some((one) => one.kind === 'scope-exited' && one.scope === scope);
      const reason = cut?.kind === 'scope-cancelled' ? `: ${cut.reason ?? ''}` : '';
      return `${name} ${exited ? 'over' : 'open'}${reason}`;
    });
}

const SERVED = `
  import { once } from 'node:events';
  import { createServer, get, request } from 'node:http';
  import { withScope } from '${LIBRARY}';
  const server = createServer(async (request, response) => {
    const go = () => withScope('work ' + request.url, () => Promise.resolve());
    if (request.url.startsWith('/direct')) await go();
    if (request.url.startsWith('/timer')) await new Promise((resolve) => setTimeout(() => resolve(go()), 1));
    if (request.url.startsWith('/body')) await new Promise((resolve) => request.resume().on('end', () => resolve(go())));
    if (request.url === '/cut') return void request.socket.destroy();
    if (request.url === '/never') return;
    response.end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const options = (path, method = 'GET') => ({ port: server.address().port, path, method });
  const answered = async (sent) => { const [response] = await once(sent, 'response'); await once(response.resume(), 'end'); };
  await answered(get(options('/direct?secret=1')));
  await answered(get(options('/timer#x')));
  await answered(request(options('/body', 'POST')).end('body'));
  await answered(get(options('/unremarkable')));
  await answered(get(options('/cut'))).catch(() => undefined);
  get(options('/never')).on('error', () => undefined);
  await once(server, 'request');
  process.exit();
`;

const SERVED_BY_HTTP2 = `
  import { once } from 'node:events';
  import { connect, createServer } from 'node:http2';
  import { withScope } from '${LIBRARY}';
  const server = createServer(async (request, response) => {
    await withScope('work', () => Promise.resolve());
    if (request.url === '/cut') request.stream.close(8);
    else response.end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect('http://127.0.0.1:' + server.address().port);
  for (const path of ['/whole?secret=1', '/cut']) {
    await once(client.request({ ':path': path }).on('error', () => undefined).resume(), 'close');
  }
  client.close();
  server.close();
`;

for (const line of nodeLines) {
  describe(`on Node ${line.name}, a request`, () => {
    test('is a scope from its arrival to the end of its response, named without its query', async () => {
      expect(requestsOf(await record(line.path, SERVED))).toEqual([
        'GET /direct over',
        'GET /timer over',
        'POST /body over',
        'GET /cut over: connection closed',
        'GET /never open',
      ]);
    });

    test('surrounds the scopes that its handler enters, also in a timer and after its body', async () => {
      const records = await record(line.path, SERVED);
      const entered = records.filter((one): one is ScopeEntered => one.kind === 'scope-entered');
      const pairs = entered
        .filter(({ scopeKind }) => scopeKind === 'explicit')
        .map((inner) => [inner.name, entered.find(({ scope }) => scope === inner.parent)?.name]);
      expect(pairs).toEqual([
        ['work /direct?secret=1', 'GET /direct'],
        ['work /timer#x', 'GET /timer'],
        ['work /body', 'POST /body'],
      ]);
    });

    test('is entered by the callback that brought it', async () => {
      const records = await record(line.path, SERVED);
      const calls = new Map(records.filter((one): one is CallStarted => one.kind === 'call-started').map((one) => [one.call, one]));
      const requests = records.filter((one): one is ScopeEntered => one.kind === 'scope-entered' && one.scopeKind === 'request');
      expect(requests.map(({ call }) => calls.get(call)?.resource)).toEqual(requests.map(() => 'HTTPINCOMINGMESSAGE'));
    });

    test.skipIf(line.name === '20')('over HTTP/2 is one, too; Node 20 does not tell of those', async () => {
      const requests = requestsOf(await record(line.path, SERVED_BY_HTTP2));
      expect(requests).toEqual(['GET /whole over', 'GET /cut over: connection closed']);
    });
  });
}
