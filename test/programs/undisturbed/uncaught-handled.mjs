// An error in a callback, caught by the process; everything goes on.
import { AsyncLocalStorage, executionAsyncId } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin))
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin))
storage.run('store', () => {
  setTimeout(() => {
    throw new Error('from a timer')
  }, 1)
  process.nextTick(() => {
    throw new Error('from a tick')
  })
  queueMicrotask(() => {
    throw new Error('from a microtask')
  })
})
setTimeout(() => console.log('still here', storage.getStore(), executionAsyncId() > 0), 10)
