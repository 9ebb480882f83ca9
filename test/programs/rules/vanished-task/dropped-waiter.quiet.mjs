// exec: --expose-gc
// The promise is settled before it is dropped.
import { enterScope } from 'scope-trace'

async function wait() {
  const scope = enterScope('wait')
  try {
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    scope.exit()
  }
}

void wait()
for (let n = 0; n < 5; n++) {
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc()
}
