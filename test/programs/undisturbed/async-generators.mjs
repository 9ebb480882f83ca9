// What a program can see of async generators: their methods, errors, stacks and order.
const prototype = Object.getPrototypeOf(async function* () {}).prototype
const say = (...what) => console.log(...what)

for (const key of ['next', 'return', 'throw']) {
  const method = prototype[key]
  const { enumerable, configurable } = Object.getOwnPropertyDescriptor(prototype, key)
  say(key, method.name, method.length, enumerable, configurable, Object.hasOwn(method, 'prototype'), String(method))
  say(Object.getOwnPropertyNames(method).sort().join(), method === prototype[key], typeof prototype[key])
  try { Reflect.construct(method, []) } catch (error) { say(error.name, error.message) }
  try { new method() } catch (error) { say(error.name) }
}
say(Reflect.ownKeys(prototype).map(String).join(), Object.keys(prototype).join(), Object.isExtensible(prototype))
say(prototype.constructor === Object.getPrototypeOf(async function* () {}), prototype[Symbol.toStringTag])
for (const key in (async function* () {})()) say('enumerable', key)

// A receiver that is no async generator: a promise that rejects.
for (const receiver of [undefined, 1, {}, (function* () {})(), prototype, Object.create(prototype), new Proxy((async function* () {})(), {})]) {
  for (const key of ['next', 'return', 'throw']) {
    const result = prototype[key].call(receiver, 1)
    say(result instanceof Promise, await result.catch((error) => `${error.name}: ${error.message}`))
  }
}

async function* numbers() {
  say(new Error('in the body, before its first await').stack)
  try {
    const given = yield 1
    say('given', given, new Error('behind a yield').stack)
    await null
    say(new Error('behind an await').stack)
    yield 2
    throw new Error('thrown by the body')
  } finally {
    say(new Error('in the clean-up').stack)
  }
}

const numbered = numbers()
say(await numbered.next(), await numbered.next('gift'))
await numbered.next().catch((error) => say(error.stack))
say(await numbered.next(), await numbered.return('r'))
await numbered.throw(new Error('thrown into one that is over')).catch((error) => say(error.message))
const closed = numbers()
await closed.next()
say(await closed.return(Promise.resolve('result')))
const thrown = numbers()
await thrown.next()
await thrown.throw(new RangeError('thrown into it')).catch((error) => say(error.name, error.message))
say(await numbers().return('never started'))

// Deep stacks keep their ten frames.
const deep = (depth) => (depth === 0 ? new Error('deep').stack : deep(depth - 1))
async function* deepOne() { yield deep(7) }
say((await deepOne().next()).value)

// What an object has of its own comes first, and what it inherits can be replaced.
const own = numbers()
own.next = async () => ({ done: true, value: 'own' })
say(await own.next(), Object.keys(own).join(), Object.getOwnPropertyDescriptor(own, 'next').writable)
class Wrapped { constructor(inner) { return Object.setPrototypeOf(inner, Wrapped.prototype) } }
Object.setPrototypeOf(Wrapped.prototype, prototype)
Wrapped.prototype.next = function (value) { return prototype.next.call(this, value) }
say(await new Wrapped((async function* () { yield 'wrapped' })()).next())
const { next } = prototype
say(await next.call((async function* () { yield 'borrowed' })()))
const frozen = Object.freeze((async function* () { yield 'frozen' })())
say(await frozen.next())
try { frozen.next = 1 } catch (error) { say(error.name) }
say(typeof numbers().then, Object.getOwnPropertyNames(numbers()).length, Object.getOwnPropertySymbols(numbers()).length)

// The order of microtasks, and of steps that wait in the queue.
const seen = []
async function* letters(name) {
  try {
    for (const letter of 'abc') {
      seen.push(`${name} yields ${letter}`)
      yield letter
    }
  } finally {
    seen.push(`${name} is closed`)
    await null
  }
}
async function* through(source) { for await (const letter of source) yield letter.toUpperCase() }
async function* delegating(name) { yield* letters(name) }
const ticks = (async () => { for (let tick = 0; tick < 25; tick++) { await null; seen.push(tick) } })()
const queued = letters('queued')
await Promise.all([
  (async () => { for await (const letter of through(letters('loop'))) if (letter === 'B') break })(),
  (async () => { for await (const letter of delegating('delegated')) seen.push(letter) })(),
  queued.next().then((step) => seen.push(step.value)), queued.next().then((step) => seen.push(step.value)),
  queued.return('over').then((step) => seen.push(step.value)), queued.next().then((step) => seen.push(step.done)),
  ticks,
])
say(seen.join('\n'))

// Replaced and put back, as a polyfill or a test would.
const before = Object.getOwnPropertyDescriptor(prototype, 'next')
prototype.next = function (value) { seen.length = 0; return next.call(this, value) }
say(await letters('patched').next(), seen.length)
Object.defineProperty(prototype, 'next', before)
say((await deepOne().next()).done, prototype.next === next)
