// A timer gets at the lock over a getter, a private method, a bound function, a proxy, a default argument, a class.
function makeGate() {
  const queue = [];
  return { wait: () => new Promise((resolve) => queue.push(resolve)), open: () => queue.shift()?.() };
}
const gates = Array.from({ length: 6 }, makeGate);
const [byGetter, byPrivate, byBound, byProxy, byDefault, byClass] = gates;
async function waits(gate) {
  await gate.wait();
}
for (const gate of gates) waits(gate);
gates.length = 0;
const getter = { get gate() { return byGetter; } };
class Keeper {
  #open() {
    byPrivate.open();
  }
  run() {
    this.#open();
  }
}
const keeper = new Keeper();
const bound = function () { this.open(); }.bind(byBound);
const proxy = new Proxy({}, { get: () => byProxy });
function open(gate = byDefault) {
  gate.open();
}
class Base {
  open() {
    byClass.open();
  }
}
class Derived extends Base {
  open() {
    super.open();
  }
}
const derived = new Derived();
// waits: enter › variable entering
// waits: leave › variable leaving.list
const entering = [];
const leaving = { list: [] };
async function enter() {
  await new Promise((resolve) => entering.push(resolve));
}
async function leave() {
  await new Promise((resolve) => leaving.list.push(resolve));
}
enter();
leave();
setInterval(() => [...entering, ...leaving.list].forEach((go) => go()), 1e6);
setInterval(() => getter.gate.open(), 1e6);
setInterval(() => keeper.run(), 1e6);
setInterval(bound, 1e6);
setInterval(() => proxy.any.open(), 1e6);
setInterval(open, 1e6);
setInterval(() => derived.open(), 1e6);
setTimeout(() => console.log('ready'), 100);
