import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SpanData } from '../../reports/index.ts';
import { otlpTarget } from '../../src/otlp/environment.ts';
import { SpanQueue } from '../../src/otlp/span-queue.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

interface Attribute { readonly key: string; readonly value: Readonly<Record<string, unknown>> }
interface Span {
  readonly name: string; readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly kind: number;
  readonly startTimeUnixNano: string; readonly endTimeUnixNano: string;
  readonly links?: readonly { readonly spanId: string }[]; readonly events?: readonly { readonly name: string }[];
}
interface Body {
  readonly resourceSpans?: readonly { readonly resource: { readonly attributes: readonly Attribute[] }; readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
  readonly resourceMetrics?: readonly { readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string; readonly sum?: { readonly dataPoints: readonly { readonly asInt?: number; readonly asDouble?: number }[] } }[] }[] }[];
}

/** A collector. `answer` decides the status; none: it says nothing. */
async function collect(answer: (path: string) => number | undefined = () => 200) {
  const got: { readonly path: string; readonly type: string; readonly key: string; readonly body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      got.push({ path, type: request.headers['content-type'] ?? '', key: String(request.headers['x-key']), body: Buffer.concat(chunks) });
      const status = answer(path);
      if (status !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

const library = JSON.stringify(new URL('../../dist/src/index.js', import.meta.url).href);
const PROGRAM = `import { enterScope, task } from ${library};
import { fork } from 'node:child_process';
import http from 'node:http';
import { once } from 'node:events';
if (process.argv[2] === 'child') { enterScope('in the child').exit(); }
else {
  let scope;
  await task('OPENER', async () => { scope = enterScope('session'); await 1; });
  setTimeout(() => { void task('CLOSER', async () => { await 1; scope.exit(); }); }, 1);
  const server = http.createServer(async (request, response) => { const inside = enterScope('inside'); await 1; inside.exit(); response.end(); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  const [response] = await once(http.get({ port: server.address().port, path: '/orders?secret', headers }), 'response');
  response.resume();
  await once(response, 'end');
  server.close();
  await once(fork(process.argv[1], ['child']), 'exit');
  process.exitCode = 3;
}
`;
const TRACE = '11111111111111111111111111111111';

describe('a collector', () => {
  it('gets the scopes, tasks and findings of all programs, in the traces that they belong to', async () => {
    const { url, got } = await collect();
    const folder = emptyFolder();
    put(folder, 'app.mjs', PROGRAM);
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=secret',
      OTEL_SERVICE_NAME: 'shop', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test', TRACEPARENT: `00-${TRACE}-2222222222222222-01`,
    };
    const { code, stderr } = await scopeTrace(['--otlp', '--', process.execPath, 'app.mjs'], { cwd: folder, env });
    expect(code).toBe(3);
    expect(stderr).not.toContain('collector');
    expect(new Set(got.map(({ path, type, key }) => `${path} ${type} ${key}`))).toEqual(new Set(['/v1/traces application/json secret', '/v1/metrics application/json secret']));
    const bodies = got.map(({ body }) => JSON.parse(body.toString()) as Body);
    const resources = bodies.flatMap(({ resourceSpans = [] }) => resourceSpans);
    const shops = resources.map(({ resource }) => resource.attributes.filter(({ key }) => ['service.name', 'deployment.environment'].includes(key)).map(({ value }) => value['stringValue']).sort());
    expect(new Set(shops.map(String))).toEqual(new Set(['shop,test']));
    const spans = resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
    const named = (name: string): Span => spans.find((span) => span.name === name) ?? expect.fail(`no ${name} among ${spans.map((span) => span.name).join(', ')}`);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    expect(named('node app.mjs')).toMatchObject({ traceId: TRACE, parentSpanId: '2222222222222222' });
    expect(named('node app.mjs child')).toMatchObject({ traceId: TRACE, parentSpanId: named('node app.mjs').spanId });
    expect(named('in the child').parentSpanId).toBe(named('node app.mjs child').spanId);
    expect(named('GET /orders')).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331', kind: 2 });
    expect(named('inside')).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: named('GET /orders').spanId });
    expect(named('finding cross-task-exit')).toMatchObject({ parentSpanId: named('session').spanId, events: [{ name: 'scope_trace.finding' }] });
    expect(named('finding cross-task-exit').links?.map(({ spanId }) => spanId)).toEqual([named('CLOSER').spanId, named('node app.mjs').spanId]);
    const metrics = bodies.flatMap(({ resourceMetrics = [] }) => resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics)));
    const last = (name: string): unknown => metrics.findLast((metric) => metric.name === name)?.sum?.dataPoints.map(({ asInt, asDouble }) => asInt ?? asDouble);
    expect([last('scope_trace.programs'), last('scope_trace.findings'), last('scope_trace.scopes')]).toEqual([[2], [1], [4]]);
  });

  it('that is silent or not there costs the run nothing but a sentence', async () => {
    const { url, got } = await collect((path) => (path === '/v1/traces' ? 400 : undefined));
    const folder = emptyFolder();
    put(folder, 'app.mjs', 'console.log("out")');
    const refused = await scopeTrace(['--otlp', url, '--', process.execPath, 'app.mjs'], { cwd: folder });
    expect(refused).toMatchObject({ code: 0, stdout: 'out\n' });
    expect(refused.stderr).toMatch(/! 1 of 1 spans(?: or more)?\s+did not reach the collector at http:\/\/127\.0\.0\.1:\d+:/);
    const [first] = got;
    expect(first).toMatchObject({ path: '/v1/traces', type: 'application/x-protobuf' });
    expect(first?.body.includes('node app.mjs')).toBe(true);
    const absent = await scopeTrace(['--otlp', 'http://127.0.0.1:1', '--', process.execPath, 'app.mjs'], { cwd: folder });
    expect(absent).toMatchObject({ code: 0, stdout: 'out\n' });
    expect(absent.stderr).toContain('http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1.');
    expect(await scopeTrace(['--otlp', '--', process.execPath, 'app.mjs'], { cwd: folder, env: { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' } })).toMatchObject({
      code: 64, stdout: '', stderr: expect.stringContaining('OTEL_EXPORTER_OTLP_PROTOCOL asks for gRPC') as string,
    });
  });
});

describe('where spans go', () => {
  it('is what was asked for, or what the variables say', () => {
    const protocols = { traces: 'http/protobuf', metrics: 'http/protobuf' };
    const signals = { traces: true, metrics: true };
    expect(otlpTarget(true, {})).toEqual({ protocols, signals, shown: 'http://localhost:4318' });
    expect(otlpTarget('https://user:secret@host/otlp/', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other' })).toEqual({ url: 'https://user:secret@host/otlp', protocols, signals, shown: 'https://host/otlp/' });
    expect(otlpTarget(true, { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json', OTEL_METRICS_EXPORTER: 'none' })).toMatchObject({ protocols: { traces: 'http/json' }, signals: { metrics: false } });
    expect(otlpTarget(true, { OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
    expect(() => otlpTarget(true, { OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http' })).toThrow('OTEL_EXPORTER_OTLP_METRICS_PROTOCOL asks for "http", which is no protocol of OTLP');
  });
});

describe('the queue', () => {
  const span = (name: string): SpanData => ({
    program: 'p', traceId: '', spanId: '', name, kind: 'internal', startEpochMs: 0, endEpochMs: 0, attributes: {}, events: [], links: [], droppedLinks: 0,
  });
  const spans = (count: number): SpanData[] => Array.from({ length: count }, (_, at) => span(String(at)));

  it('is bounded, sends one batch at a time, and counts what is lost', async () => {
    const batches: number[] = [];
    let resolve: (value: undefined) => void = () => undefined;
    const open = new Promise<undefined>((settle) => (resolve = settle));
    const queue = new SpanQueue(async (batch) => {
      batches.push(batch.length);
      await open;
      if (batches.length === 2) throw new Error('no');
      return batches.length === 3 ? 'full' : undefined;
    }, { most: 10, batch: 4 });
    queue.add(spans(3));
    expect(batches).toEqual([]);
    queue.add(spans(17));
    expect(batches).toEqual([4]);
    expect(queue).toMatchObject({ pending: 10, lost: 10, sent: 0 });
    resolve(undefined);
    await queue.flush();
    expect(batches).toEqual([4, 4, 2]);
    expect(queue).toMatchObject({ pending: 0, sent: 4, lost: 16, trouble: 'full' });
  });
});
