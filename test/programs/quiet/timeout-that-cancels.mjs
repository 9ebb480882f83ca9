// A deadline cancels the work through a signal, and the caller waits until the work has stopped.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

async function work(signal) {
  for (;;) await sleep(5, undefined, { signal })
}

async function withDeadline(ms, fn) {
  return withScope('deadline', async (scope) => {
    const controller = new AbortController()
    const timer = setTimeout(() => {
      scope.cancel('deadline')
      controller.abort()
    }, ms)
    try {
      return await fn(controller.signal)
    } catch (error) {
      if (error.name !== 'AbortError') throw error
      return 'timed out'
    } finally {
      clearTimeout(timer)
    }
  })
}

console.log(await withDeadline(20, work))
console.log(await withDeadline(1000, async () => 'in time'))
