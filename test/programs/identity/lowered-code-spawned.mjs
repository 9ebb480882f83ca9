// Lowered code that nobody waits for at once. Up to its first pause a lowered call is a plain
// synchronous function of its caller, so that part may be given to either task, as inferred.
import { mark } from '../mark.mjs'

function awaiter(generator) {
  return new Promise((resolve, reject) => {
    const iterator = generator()
    const fulfilled = (value) => advance(() => iterator.next(value))
    function advance(move) {
      const { done, value } = move()
      if (done) resolve(value)
      else Promise.resolve(value).then(fulfilled, reject)
    }
    advance(() => iterator.next())
  })
}

const f = () =>
  awaiter(function* () {
    yield null
    mark('f') // task f, spawned by main, may be inferred
  })

const promise = f()
await null
await promise
mark('end') // task main
