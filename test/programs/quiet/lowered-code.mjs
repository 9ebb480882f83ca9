// Async functions lowered to generators: what was inferred must not raise an alarm.
import { withScope, enterScope } from 'scope-trace'

function awaiter(generator) {
  return new Promise((resolve, reject) => {
    const iterator = generator()
    const advance = (move) => {
      try {
        const { done, value } = move()
        if (done) resolve(value)
        else Promise.resolve(value).then(fulfilled, rejected)
      } catch (error) {
        reject(error)
      }
    }
    const fulfilled = (value) => advance(() => iterator.next(value))
    const rejected = (error) => advance(() => iterator.throw(error))
    advance(() => iterator.next())
  })
}

const job = (name) =>
  awaiter(function* () {
    const scope = enterScope(name)
    yield null
    yield withScope(`${name} inner`, () => awaiter(function* () { yield null }))
    scope.exit()
  })

await job('awaited')
await Promise.all([job('member one'), job('member two')])
job('dropped')
