// What is declared behaves as before: names, lengths, attributes, receivers, results, errors, order.
import { promisify } from 'node:util'
import { declareScope } from 'scope-trace'

class Pool {
  connect(name, callback) {
    if (callback !== undefined) return void process.nextTick(callback, null, new Client())
    return name === 'bad' ? Promise.reject(new Error('expected')) : new Promise((resolve) => setImmediate(resolve, new Client()))
  }
  async open(one, two = 2) {
    if (one === 'bad') throw new TypeError('expected')
    await two
    return new Client()
  }
  lend() { return new Client() }
}
Pool.prototype.connect[promisify.custom] = function custom() { return 'custom' }
class Client {
  release(error) { if (error) throw error; return this }
}
class Special extends Promise {}
const special = { open: () => Special.resolve(new Client()), thenable: () => ({ then: (done) => done(1) }) }
const before = [Pool.prototype.connect, Client.prototype.release].map(String).length

for (const enter of ['connect', 'open', 'lend']) {
  declareScope({ enter: `Pool.prototype.${enter}`, carrier: 'result', exit: ['Client.prototype.release'], expect: { exit: false } }, { Pool, Client })
}
for (const enter of ['open', 'thenable']) declareScope({ enter: `special.${enter}`, carrier: 'result', exit: ['release'], expect: { exit: false } }, { special })

for (const [holder, key] of [[Pool.prototype, 'connect'], [Pool.prototype, 'open'], [Client.prototype, 'release']]) {
  const { value, ...attributes } = Object.getOwnPropertyDescriptor(holder, key)
  console.log(value.name, value.length, attributes, Object.hasOwn(value, 'prototype'), Reflect.ownKeys(value), Object.prototype.toString.call(value), value.constructor.name)
}
console.log(before, Object.getOwnPropertyNames(Pool.prototype), promisify(Pool.prototype.connect)())
try { new Pool.prototype.lend() } catch (error) { console.log(error.name) }

const pool = new Pool()
const order = []
const steps = (async () => { for (let step = 0; step < 12; step++) { order.push(step); await null } })()
const opened = pool.open('good')
console.log(Object.getPrototypeOf(opened) === Promise.prototype, Reflect.ownKeys(opened), opened.constructor === Promise)
opened.then(() => order.push('opened'))
const kept = await opened
order.push('awaited')
console.log(kept.release() === kept)
await pool.open('bad').catch((error) => order.push(error.name))
await Promise.allSettled([pool.open('bad'), pool.connect('bad'), pool.open('good')]).then((all) => order.push(...all.map((one) => one.status)))
await steps
console.log(order.join())
console.log(await special.open() instanceof Client, await special.thenable())
await new Promise((resolve) => {
  pool.connect('name', function given(error, client) {
    console.log(error, client instanceof Client, arguments.length, given.name, given.length, this === undefined || typeof this)
    resolve()
  })
})
try { kept.release(new RangeError('expected')) } catch (error) { console.log(error.message) }
try { pool.lend.call(undefined) } catch (error) { console.log(error.name) }

// Who awaits is named in the stack of an error that is thrown inside.
async function inner() { await pool.open('good'); throw new Error('after') }
async function outer() { await inner() }
console.log(await outer().catch((error) => error.stack.match(/at async \w+/g).join()))
class Failing { async open() { await null; throw new Error('inside') } }
declareScope({ enter: 'Failing.prototype.open', carrier: 'this', exit: ['close'] }, { Failing })
async function caller() { await new Failing().open() }
console.log(await caller().catch((error) => error.stack.match(/at async \w+/g).join()))

// A rejection that nobody handles is one, with its own promise.
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason.message, promise === lost || promise === late)
})
process.on('rejectionHandled', (promise) => console.log('handled', promise === late))
const lost = pool.open('bad')
const late = pool.connect('bad')
setTimeout(() => { late.catch((error) => console.log('late', error.message)) }, 5)
