// What a program can see on its promises and async functions.
import { inspect, types } from 'node:util'

const rejected = Promise.reject(new Error('expected'))
rejected.catch(() => {})
async function f() {
  await null
}
const pending = f()
for (const promise of [pending, Promise.resolve({ a: 1 }), new Promise(() => {}), rejected.catch(() => 1)]) {
  console.log(inspect(promise, { showHidden: true }))
  console.log(Reflect.ownKeys(promise), Object.isExtensible(promise), JSON.stringify(promise), types.isPromise(promise))
}
await pending
console.log(pending, Reflect.ownKeys(Object.freeze(f())))
console.log(Reflect.ownKeys(Promise).map(String).join(' '), Reflect.ownKeys(Promise.prototype).map(String).join(' '))
console.log(String(Promise), String(Promise.prototype.then), Promise.prototype.then.length, Promise.name)
console.log(String(f), f.length, inspect(f, { showHidden: true }))
const generator = async function* () {}
const prototype = Object.getPrototypeOf(generator.prototype)
for (const key of ['next', 'return', 'throw']) {
  // The tracker sees these three looked up: only their descriptor shows that.
  const { enumerable, configurable } = Object.getOwnPropertyDescriptor(prototype, key)
  const value = prototype[key]
  console.log(key, value.name, value.length, String(value), enumerable, configurable, Reflect.ownKeys(value))
}
console.log(inspect(generator()), inspect(generator().next()))
