// Node's streams advance a generator that holds a scope.
import { enterScope } from 'scope-trace'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

async function* rows() {
  const scope = enterScope('cursor')
  try {
    for (let n = 0; n < 3; n++) {
      await sleep(1)
      yield String(n)
    }
  } finally {
    scope.exit()
  }
}

for await (const row of Readable.from(rows(), { highWaterMark: 1 })) await sleep(Number(row))
