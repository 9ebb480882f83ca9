// The waits of its twin, settled in time. What waits on purpose while it is dumped stands beside the twin of deadlock.
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

let ready;
const config = new Promise((resolve) => (ready = resolve));
async function load() {
  await config;
}

const server = new EventEmitter();
async function start() {
  await once(server, 'listening', { signal: AbortSignal.timeout(5000) });
}

let send;
const source = new Promise((resolve) => (send = resolve));
async function* read() {
  yield await source;
}
async function consume() {
  for await (const row of read()) console.log(row);
}

const all = Promise.all([load(), start(), consume()]);
await pause(1);
ready();
send('row');
server.emit('listening');
await all;
