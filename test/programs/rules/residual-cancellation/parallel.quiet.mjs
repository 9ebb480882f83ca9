// Parallel calls under one signal: the first that fails aborts the others, also those that came later.
import { setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()

async function part(ms) {
  await sleep(ms, null, { signal: controller.signal })
}

async function failing() {
  await sleep(20, null, { signal: controller.signal })
  throw new Error('failed')
}

const parts = [part(1), part(60_000), failing()]
try {
  await Promise.all(parts)
} catch (error) {
  controller.abort(error)
}
console.log((await Promise.allSettled(parts)).map(({ status }) => status).join())
for (const ms of [1, 2]) await part(ms).catch((error) => console.log(error.name))
