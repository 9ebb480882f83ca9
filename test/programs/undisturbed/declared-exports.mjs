// Functions and classes that are declared as a whole behave as before, and so does what lasts as long as a call.
import { declareScope } from 'scope-trace'

class Pool {
  static made = 0
  #secret = 1
  constructor(name = 'none', ...rest) {
    if (name === 'bad') throw new TypeError('expected')
    this.name = name
    this.count = rest.length
    this.target = new.target?.name
    Pool.made++
  }
  secret() { return this.#secret }
  close() { return this }
}
function Old(name) {
  if (new.target === undefined) return new Old(name)
  this.name = name
}
Old.prototype.close = function close() { return this.name }
const { create } = { create(options) { return { options, self: this, async open() { return { close() { return 'closed' } } } } } }
create.extra = { a: 1 }
const library = {
  Pool, Old, create,
  around(run, ...given) { return run.apply(this, given) },
  async later(run) { return await run() },
}
const before = { ...library }
for (const name of ['Pool', 'Old']) {
  declareScope({ enter: `new ${name}`, carrier: 'this', exit: ['close'], use: ['secret'], expect: { exit: false } }, library)
}
declareScope({ enter: 'create().open', carrier: 'result', exit: ['close'], expect: { exit: false } }, library)
for (const name of ['around', 'later']) declareScope({ enter: name, exit: 'settled' }, library)

for (const name of Object.keys(library)) {
  const { value, ...attributes } = Object.getOwnPropertyDescriptor(library, name)
  console.log(name, typeof value, value.name, value.length, attributes, Reflect.ownKeys(value).join())
}

const pool = new library.Pool('one', 2, 3)
console.log(pool, pool.secret(), pool.close() === pool, pool instanceof library.Pool, pool instanceof before.Pool)
console.log(pool.constructor === library.Pool, library.Pool.made, Object.getPrototypeOf(pool) === library.Pool.prototype)
try { new library.Pool('bad') } catch (error) { console.log(error.name, error.message) }
try { library.Pool() } catch (error) { console.log(error.name) }
class Special extends library.Pool {
  constructor() { super('special') }
  secret() { return super.secret() + 1 }
}
const special = new Special()
console.log(special, special.secret(), special instanceof library.Pool, Object.getPrototypeOf(Special) === library.Pool, special.constructor === Special)
console.log(Reflect.construct(library.Pool, ['reflected'], Special) instanceof Special, Reflect.construct(library.Pool, [], Old) instanceof Old)
console.log(new library.Old('old').close(), library.Old('called').close(), new library.Old('x') instanceof library.Old)
console.log(Object.keys(new library.Pool()), JSON.stringify(new library.Pool('json')))

const made = library.create({ b: 2 })
console.log(made.options, made.self === library, library.create.extra === create.extra, library.create.call(7).self, await (await made.open()).close?.())
try { library.create.apply(null) } catch (error) { console.log(error.name) }

console.log(library.around(function (a, b) { return [this === library, a, b] }, 1, 2))
try { library.around(() => { throw new RangeError('expected') }) } catch (error) { console.log(error.message) }
const order = []
const steps = (async () => { for (let step = 0; step < 8; step++) { order.push(step); await null } })()
const later = library.later(async () => { order.push('inside'); await null; return 'done' })
console.log(Object.getPrototypeOf(later) === Promise.prototype, Reflect.ownKeys(later))
order.push(await later)
await library.later(() => { throw new Error('late') }).catch((error) => order.push(error.message))
await steps
console.log(order.join())
process.on('unhandledRejection', (reason, promise) => { console.log('unhandled', reason.message, promise === lost) })
const lost = library.later(async () => { throw new Error('lost') })
async function inner() { return await library.later(async () => { await null; throw new Error('inside') }) }
console.log(await inner().catch((error) => error.stack.match(/at async .*inner/g)?.join()))
