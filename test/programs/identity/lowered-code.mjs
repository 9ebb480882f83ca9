// Async functions lowered to generators, as compilers write them for ES2015. The helper makes one
// promise per call and drives the generator from `then` callbacks, which nobody awaits natively:
// what belongs together may be inferred, and must never be wrong where it is called certain.
import { mark } from '../mark.mjs'

function awaiter(generator) {
  return new Promise((resolve, reject) => {
    const iterator = generator()
    const fulfilled = (value) => advance(() => iterator.next(value))
    const rejected = (error) => advance(() => iterator.throw(error))
    function advance(move) {
      try {
        const { done, value } = move()
        if (done) resolve(value)
        else Promise.resolve(value).then(fulfilled, rejected)
      } catch (error) {
        reject(error)
      }
    }
    advance(() => iterator.next())
  })
}

const f = () =>
  awaiter(function* () {
    mark('f before') // task main
    yield null
    mark('f after') // task main, may be inferred
  })

await f()
mark('end') // task main
