// What an ordinary program waits for; all of it may come.
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
// waits: race › race › timer
// waits: any › any › timer
// waits: chained › then › timer
// waits: finish › finally › timer
// waits: received › event "data" of Socket › socket
// waits: iterated › ticks › timer
// waits: exited › event "exit" of Worker › worker
async function race() {
  await Promise.race([sleep(1e6), sleep(2e6)]);
}
async function any() {
  await Promise.any([sleep(1e6), sleep(2e6)]);
}
async function chained() {
  await sleep(1e6).then(function next() {});
}
async function finish() {
  await sleep(1e6).finally(function close() {});
}
const server = createServer(() => {}).listen(0, '127.0.0.1');
await once(server, 'listening');
async function received() {
  const socket = connect(server.address().port, '127.0.0.1');
  await once(socket, 'data');
}
async function streamed() {
  const source = new PassThrough();
  setTimeout(() => source.end(), 1e6);
  await pipeline(source, new PassThrough().resume());
}
async function* ticks() {
  for (;;) yield await sleep(1e6);
}
async function iterated() {
  for await (const tick of ticks()) console.log(tick);
}
async function exited() {
  const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true });
  await once(worker, 'exit');
}
race();
any();
chained();
finish();
received();
streamed();
iterated();
exited();
await readFile(new URL(import.meta.url));
setTimeout(() => console.log('ready'), 300);
