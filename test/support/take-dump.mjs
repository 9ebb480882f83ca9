/**
 * Starts a program, waits until it says that it is ready, takes its heap and prints the dump as JSON:
 * `node take-dump.mjs <package> <node> <program>`. For a Node that has `WebSocket`.
 */
/* global WebSocket */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [, , dist, node, program] = process.argv;
const { createSnapshotReader } = await import(pathToFileURL(join(dist, 'src/dump/snapshot/read-snapshot.js')).href);

const child = spawn(node, ['--inspect=127.0.0.1:0', program], { stdio: ['ignore', 'pipe', 'pipe'] });
const heard = (stream, pattern) =>
  new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const found = pattern.exec(text);
      if (found) resolve(found[0]);
    });
    stream.on('end', () => reject(new Error(`the program ended before it said ${pattern}: ${text}`)));
  });

try {
  const [url] = await Promise.all([heard(child.stderr, /ws:\/\/\S+/), heard(child.stdout, /ready/)]);
  console.log(JSON.stringify(await dump(url)));
} finally {
  child.kill('SIGKILL');
}
process.exit();

async function dump(url) {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  const waiting = new Map();
  let last = 0;
  const send = (method, params = {}) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const find = async (id) => (await send('HeapProfiler.getObjectByHeapObjectId', { objectId: String(id) })).result?.result;
  const placeOf = async (id) => {
    const object = await find(id);
    if (object === undefined) return undefined;
    const { result } = await send('Runtime.getProperties', { objectId: object.objectId, ownProperties: true });
    return result?.internalProperties?.find(({ name }) => name === '[[GeneratorLocation]]')?.value?.value;
  };
  const reader = createSnapshotReader({
    sourceOf: async (id) => (await send('Debugger.getScriptSource', { scriptId: String(id) })).result?.scriptSource,
    standsAt: async (id) => {
      const place = await placeOf(id);
      return place === undefined ? undefined : { line: place.lineNumber, column: place.columnNumber };
    },
  });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.method === 'HeapProfiler.addHeapSnapshotChunk') reader.write(message.params.chunk);
    else waiting.get(message.id)?.(message);
  };
  await send('Debugger.enable');
  await send('HeapProfiler.enable');
  await send('HeapProfiler.takeHeapSnapshot', { exposeInternals: true, captureNumericValue: true });
  const made = await reader.finish();
  // V8 looks through the whole heap for each object.
  const named = new Set(made.verdicts.flatMap(({ tasks }) => tasks.slice(0, 10)));
  const results = new Set(made.tasks.filter(({ id }) => named.has(id)).map(({ result }) => result));
  for (const task of made.tasks.filter(({ id, awaits }, at) => at < 40 || named.has(id) || results.has(awaits))) {
    const place = await placeOf(task.id);
    if (place === undefined) continue;
    task.place = { file: task.script ?? '', line: place.lineNumber + 1, column: place.columnNumber + 1, library: false, internal: task.internal };
  }
  return made;
}
