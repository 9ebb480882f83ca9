// A million tasks: each is started and left alone.
import { enterScope } from 'scope-trace'

let ended = 0
async function small() {
  await null
  ended++
}

for (let batch = 0; batch < 1000; batch++) {
  for (let n = 0; n < 1000; n++) void small()
  await new Promise((resolve) => setImmediate(resolve))
}
enterScope('after them all').exit()
console.log('done', ended)
