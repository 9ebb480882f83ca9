// Classes, fields and variables with names that V8 and Node use themselves; globals over `vm`, getters and prototypes.
import vm from 'node:vm';
function makeGate() {
  const queue = [];
  return { wait: () => new Promise((resolve) => queue.push(resolve)), open: () => queue.shift()?.() };
}
async function waits(name, gate) {
  await gate.wait();
}
function inClass(Class) {
  const holder = new Class();
  holder.gate = makeGate();
  waits(Class.name, holder.gate);
  setInterval(() => holder.gate.open(), 1e6);
}
inClass(class Module {});
inClass(class ModuleLoader {});
inClass(class ModuleMap {});
inClass(class TimersList {});
function inFields() {
  const holder = { map: makeGate(), shared: makeGate(), code: makeGate() };
  for (const gate of Object.values(holder)) waits('field', gate);
  setInterval(() => holder.map.open() ?? holder.shared.open() ?? holder.code.open(), 1e6);
}
inFields();
function inFunction() {
  function run() {
    run.context.open();
  }
  run.context = makeGate();
  waits('function', run.context);
  setInterval(run, 1e6);
}
inFunction();
function inVariables() {
  const gate = makeGate();
  waits('variable', gate);
  const within = () => {
    let previous = 0;
    return () => {
      previous++;
      gate.open();
    };
  };
  setInterval(within(), 1e6);
}
inVariables();
function inSandbox() {
  const own = makeGate();
  const inherited = makeGate();
  waits('own', own);
  waits('inherited', inherited);
  setInterval(vm.runInNewContext('(function () { gate.open() })', { gate: own }), 1e6);
  setInterval(vm.runInNewContext('(function () { gate.open() })', Object.create({ gate: inherited })), 1e6);
}
inSandbox();
function inGlobals() {
  const gate = makeGate();
  waits('global', gate);
  Object.defineProperty(globalThis, 'readGate', { get: () => gate });
}
inGlobals();
setInterval(() => readGate.open(), 1e6);
function inProxy() {
  const gate = makeGate();
  waits('proxy', gate);
  setInterval(new Proxy(() => {}, { apply: () => gate.open() }), 1e6);
}
inProxy();
setTimeout(() => console.log('ready'), 100);
