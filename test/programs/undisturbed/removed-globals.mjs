// What the language gives is replaced or taken away, as some test environments do.
const { log } = console;
const later = setTimeout;
const names = ['Reflect', 'Map', 'Set', 'WeakMap', 'WeakRef', 'String', 'Number', 'Math', 'JSON', 'Date', 'Proxy', 'Array', 'Object', 'process'];
for (const name of names) delete globalThis[name];
globalThis.Map = globalThis.Reflect = globalThis.WeakRef = () => {
  throw new Error('not the real one');
};

async function work(signal) {
  await null;
  signal.throwIfAborted();
}

async function* items() {
  try {
    yield 1;
    yield 2;
  } finally {
    log('closed');
  }
}

const controller = new AbortController();
await work(controller.signal);
controller.signal.addEventListener('abort', () => log('aborted'));
controller.abort('enough');
await work(controller.signal).catch((reason) => log(reason));
for await (const item of items()) {
  log(item);
  break;
}
log(await Promise.race([1, work(new AbortController().signal)]));
later(() => log('timer'), 1);
