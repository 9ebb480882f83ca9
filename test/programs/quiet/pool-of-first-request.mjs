// The first request makes the pool that all of them use; it is closed at the end.
import { enterScope, withScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

let pool
function getPool() {
  pool ??= (async () => {
    await sleep(1)
    return enterScope('pool')
  })()
  return pool
}

for (let n = 0; n < 2; n++) await withScope('request', getPool)
await sleep(1)
const opened = await getPool()
opened.exit()
