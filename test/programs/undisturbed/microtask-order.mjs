// The order in which ticks, microtasks, immediates, handlers and async returns run.
const seen = []
const say = (word) => seen.push(word)

async function returnsValue() {
  return 'value'
}
async function returnsPromise() {
  return Promise.resolve('promise')
}
async function awaits(name, times) {
  for (let n = 0; n < times; n++) {
    await null
    say(`${name}${n}`)
  }
}

process.nextTick(() => say('tick 1'))
queueMicrotask(() => say('microtask'))
setImmediate(() => say('immediate'))
Promise.resolve().then(() => say('then 1')).then(() => say('then 2')).finally(() => say('finally'))
returnsValue().then(say)
returnsPromise().then(say)
awaits('a', 5)
awaits('b', 5)
new Promise((resolve) => resolve({ then: (done) => done('thenable') })).then(say)
Promise.reject(new Error('expected')).catch(() => say('catch'))
Promise.all([returnsValue(), returnsPromise()]).then(() => say('all'))
Promise.race([returnsPromise(), returnsValue()]).then((winner) => say(`race ${winner}`))
process.nextTick(() => {
  say('tick 2')
  queueMicrotask(() => say('microtask of tick'))
  process.nextTick(() => say('tick of tick'))
})
await null
say('after await')
await returnsPromise()
say('after promise')
// Begun behind the immediate above: which of the two comes first is up to the clock otherwise.
setImmediate(() => setTimeout(() => {
  process.nextTick(() => say('tick of timer'))
  Promise.resolve().then(() => say('then of timer'))
  setImmediate(() => console.log(seen.join('\n')))
}))
