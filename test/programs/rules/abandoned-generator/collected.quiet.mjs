// exec: --expose-gc
// twin: none
// Generators that have nothing to clean up, or that were not advanced, may be dropped.
import { setImmediate as turn } from 'node:timers/promises'

const ids = (async function* () {
  for (let id = 1; ; id++) yield id
})()

async function* source() {
  try {
    yield 'first'
  } finally {
    console.log('closed')
  }
}

async function serve() {
  source()
  const numbers = (async function* () { for (let n = 1; ; n++) yield n })()
  return [(await ids.next()).value, (await numbers.next()).value]
}

for (let request = 0; request < 50; request++) {
  console.log(...(await serve()))
  await turn()
}
await turn()
globalThis.gc()
await turn()
globalThis.gc()
process.exit(0)
