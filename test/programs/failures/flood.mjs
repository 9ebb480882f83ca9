// Writes far more scopes than a small disk can hold.
import { withScope } from 'scope-trace'

async function step(n) {
  await withScope(`step ${n} ${'of a long list '.repeat(10)}`, async () => {
    await null
  })
}

for (let round = 0; round < 50; round++) {
  await Promise.all(Array.from({ length: 100 }, (_, n) => step(n)))
  await new Promise((resolve) => setImmediate(resolve))
}
console.log('done')
