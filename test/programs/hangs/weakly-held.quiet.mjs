// Locks that code can only reach over weak references, a weak map, a store of an AsyncLocalStorage.
import { AsyncLocalStorage } from 'node:async_hooks';
const storage = new AsyncLocalStorage();
function makeGate() {
  const gate = { queue: [] };
  gate.wait = () => new Promise((resolve) => gate.queue.push(resolve));
  gate.open = () => gate.queue.shift()?.();
  return gate;
}
const keys = { key: {} };
const byKey = new WeakMap();
async function inWeakMap() {
  const gate = makeGate();
  byKey.set(keys.key, gate);
  await gate.wait();
}
let weak;
async function inWeakRef() {
  const gate = makeGate();
  weak = new WeakRef(gate);
  globalThis.kept = gate;
  await gate.wait();
}
async function inStore() {
  const gate = makeGate();
  storage.run(gate, () => setInterval(() => storage.getStore().open(), 1e6));
  await gate.wait();
}
inWeakMap();
inWeakRef();
inStore();
setInterval(() => byKey.get(keys.key).open(), 1e6);
setInterval(() => weak.deref()?.open(), 1e6);
setTimeout(() => console.log('ready'), 100);
