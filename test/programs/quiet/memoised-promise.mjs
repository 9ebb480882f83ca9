// A promise is made once, in the scope of whoever needed it first, and used for ever.
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

let settings
const getSettings = () => (settings ??= readSettings())

async function readSettings() {
  await sleep(20)
  return { colour: 'blue' }
}

const request = (n) => withScope(`request ${n}`, async () => (await getSettings()).colour)

await Promise.all([request(1), request(2)])
setImmediate(() => request(3))
console.log(await request(4))
