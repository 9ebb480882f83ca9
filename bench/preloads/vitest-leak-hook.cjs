// What vitest 4 enables with `--detect-async-leaks`, rebuilt: it lives inside vitest's runner and
// cannot be loaded alone. Same events, same ignored types, a formatted stack of up to 100 frames
// for each resource, kept until the resource is settled or destroyed.
const { createHook } = require('node:async_hooks');

const ignored = new Set(
  'DNSCHANNEL ELDHISTOGRAM PerformanceObserver RANDOMBYTESREQUEST SIGNREQUEST STREAM_END_OF_STREAM TCPWRAP TIMERWRAP TLSWRAP ZLIB'.split(
    ' ',
  ),
);
const file = process.argv[1] ?? '';
const resources = new Map();

createHook({
  init(id, type, trigger, resource) {
    if (ignored.has(type)) return;
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    let { stack } = new Error('leak');
    Error.stackTraceLimit = limit;
    if (!stack.includes(file)) {
      const known = resources.get(trigger);
      if (known === undefined) return;
      stack = known.stack;
    }
    let isActive = () => true;
    if ('hasRef' in resource) {
      const ref = new WeakRef(resource);
      isActive = () => ref.deref()?.hasRef() ?? false;
    }
    resources.set(id, { type, stack, isActive });
  },
  destroy(id) {
    if (resources.get(id)?.type !== 'PROMISE') resources.delete(id);
  },
  promiseResolve(id) {
    resources.delete(id);
  },
}).enable();
