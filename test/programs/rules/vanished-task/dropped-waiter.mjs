// exec: --expose-gc
// The promise that the task waits for is dropped: the task is collected, its `finally` never runs.
import { enterScope } from 'scope-trace'

async function wait() {
  const scope = enterScope('wait')
  try {
    await new Promise(() => {})
  } finally {
    scope.exit()
  }
}

void wait() // expect: vanished-task
for (let n = 0; n < 5; n++) {
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc()
}
