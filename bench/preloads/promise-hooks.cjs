// Four empty hooks of V8 itself: the floor for any tool that sees promises.
require('node:v8').promiseHooks.createHook({ init() {}, before() {}, after() {}, settled() {} });
