// A service is started; the race only tells an early failure from being ready. It is waited for later.
import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const events = new EventEmitter()
let stopping = false

async function serve() {
  await sleep(10)
  events.emit('ready')
  while (!stopping) await sleep(10)
}

async function start() {
  const serving = serve()
  await Promise.race([once(events, 'ready'), serving])
  return { stop: () => {
    stopping = true
    return serving
  } }
}

const service = await start()
await sleep(250)
await service.stop()

/** One that ends late, and is asked for its result then. */
async function slow() {
  for (let step = 0; step < 8; step++) await sleep(25)
  return 'late'
}
const late = slow()
console.log(await Promise.race([late, sleep(10, 'early')]))
await sleep(300)
console.log(await late)
