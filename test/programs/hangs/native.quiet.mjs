// What native code settles by itself.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
const shared = new Int32Array(new SharedArrayBuffer(4));
async function notified() {
  await Atomics.waitAsync(shared, 0, 0).value;
}
async function aborted() {
  await once(AbortSignal.timeout(1e6), 'abort');
}
async function both() {
  await once(AbortSignal.any([AbortSignal.timeout(1e6), new AbortController().signal]), 'abort');
}
async function told() {
  const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true });
  await once(worker, 'message');
}
notified();
aborted();
both();
told();
setTimeout(() => console.log('ready'), 300);
setInterval(() => {}, 1e6);
