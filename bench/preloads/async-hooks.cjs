// Four empty hooks: what any tool on async_hooks pays before it does anything.
require('node:async_hooks')
  .createHook({ init() {}, before() {}, after() {}, promiseResolve() {} })
  .enable();
