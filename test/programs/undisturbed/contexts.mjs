// AsyncLocalStorage behaves as it does: names, attributes, errors, stacks, order, what is visible where.
// A storage is used before anything waits: on Node 22 and older, hooks of any kind change what `enterWith`
// leaves visible to what waited before the first use, and the tracker needs hooks.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'

const storage = new AsyncLocalStorage()
storage.run(1, () => console.log(storage.getStore()))

const { prototype } = AsyncLocalStorage
console.log(AsyncLocalStorage.name, AsyncLocalStorage.length, prototype.constructor === AsyncLocalStorage)
for (const holder of [prototype, AsyncLocalStorage]) {
  for (const key of Reflect.ownKeys(holder)) {
    const { value, get, ...attributes } = Object.getOwnPropertyDescriptor(holder, key)
    const method = value ?? get
    console.log(String(key), typeof value, typeof get, JSON.stringify(attributes))
    if (typeof method !== 'function') continue
    console.log(method.name, method.length, 'prototype' in method, Object.isFrozen(method))
    if (key === 'constructor') continue
    try {
      new method()
    } catch (error) {
      console.log(error.name, error.message.replace(/^.* is/, 'it is'))
    }
  }
}
for (const key of ['enterWith', 'getStore', 'run', 'exit']) {
  for (const receiver of [undefined, null, 1, {}, Object.create(prototype)]) {
    try {
      console.log(key, prototype[key].call(receiver, 5, () => 'ran'))
    } catch (error) {
      console.log(key, error.name)
    }
  }
}

// Proxies and subclasses: what is asked of them, and how often.
const asked = []
const watched = new Proxy(storage, { get: (target, key) => (asked.push(String(key)), Reflect.get(target, key)), getPrototypeOf: (target) => (asked.push('prototype'), Reflect.getPrototypeOf(target)) })
try {
  watched.enterWith('through a proxy')
  console.log(watched.getStore())
} catch (error) {
  console.log(error.name)
}
console.log(asked.join(), Reflect.ownKeys(storage).map(String).join())
class Counting extends AsyncLocalStorage {
  count = 0
  getStore() {
    this.count++
    return super.getStore()
  }
  enterWith(store) {
    this.count += 10
    super.enterWith(store)
  }
}
const counting = new Counting()
console.log(counting.run('a', () => counting.getStore()), counting.enterWith('b'), counting.getStore(), counting.count)

// What is visible where.
const show = (label) => console.log(label, storage.getStore())
const stores = [undefined, null, 0, '', 'text', Symbol.iterator, Object.freeze({ frozen: true }), () => 1]
for (const store of stores) {
  storage.enterWith(store)
  console.log(storage.getStore() === store, storage.run(store, () => storage.getStore() === store))
}
async function entering(store) {
  storage.enterWith(store)
  show('inside')
  await null
  show('behind an await')
  storage.enterWith(`${store}, later`)
}
for (let n = 0; n < 2; n++) {
  await entering(`entered ${n}`)
  show('in the caller')
}
async function reading() {
  show('early')
  await null
  show('late')
}
await reading()
await storage.run('run', () => reading())
await storage.exit(() => reading())
const restore = storage.run('snapshot', () => AsyncLocalStorage.snapshot())
await restore(() => reading())
const bound = storage.run('bound', () => AsyncLocalStorage.bind((a, b) => [a + b, storage.getStore()]))
console.log(bound.length, bound.name, bound(1, 2))
new AsyncResource('own').runInAsyncScope(() => show('resource'))
const emitter = new EventEmitter()
emitter.on('event', () => storage.enterWith('by a listener'))
emitter.emit('event')
show('behind emit')
await new Promise((resolve) => setTimeout(() => (show('timer'), storage.enterWith('by a timer'), resolve()), 1))
show('behind the timer')
for (const method of ['run', 'exit']) {
  try {
    storage[method](...(method === 'run' ? ['store'] : []), () => {
      throw new Error('expected')
    })
  } catch (error) {
    console.log(error.stack.split('\n').slice(0, 3).join('|').replaceAll(/\(.*?\)/g, ''), storage.getStore())
  }
}
storage.withScope?.('scoped')[Symbol.dispose]()
show('behind a scope')
queueMicrotask(() => console.log('microtask'))
process.nextTick(() => console.log('tick'))
await entering('order')
storage.disable()
show('disabled')

// What the program puts in the place of a method is used, and is what it finds there.
const { getStore } = prototype
prototype.getStore = function () {
  return `mine ${String(getStore.call(this))}`
}
storage.enterWith('patched')
show('patched')
prototype.getStore = getStore
show('again')
