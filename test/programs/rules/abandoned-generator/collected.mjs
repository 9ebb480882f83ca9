// exec: --expose-gc
// twin: none
// A server takes the first item of each request's generator; the collector takes the generators.
import { setImmediate as turn } from 'node:timers/promises'

let open = 0

class Source {
  async *[Symbol.asyncIterator]() {
    open++
    try {
      let value = yield 'first' // expect: abandoned-generator
      while (value !== undefined) value = yield value
    } finally { open-- }
  }
}

async function serve() {
  const items = new Source()[Symbol.asyncIterator]()
  return (await items.next()).value // with: abandoned-generator
}

for (let request = 0; request < 50; request++) {
  await serve()
  await turn()
}
await turn()
globalThis.gc()
await turn()
globalThis.gc()
process.exit(open === 50 ? 0 : 1)
