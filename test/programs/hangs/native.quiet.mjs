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
// (module (import "m" "f" (func)) (func (export "g") call 0))
const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 109, 1, 102, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 103, 0, 1, 10, 6, 1, 4, 0, 16, 0, 11];
function compiled() {
  const queue = [];
  (async () => await new Promise((resolve) => queue.push(resolve)))();
  const imports = { m: { f: () => queue.shift()?.() } };
  setInterval(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code)), imports).exports.g, 1e6);
}
compiled();
notified();
aborted();
both();
told();
setTimeout(() => console.log('ready'), 300);
setInterval(() => {}, 1e6);
