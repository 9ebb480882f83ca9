// A class of stacks from a package behaves as it does: names, attributes, errors, order, what is global.
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

// A small stand-in for the package of this name, in the manners of both worlds: old functions, and a class.
const folder = mkdtempSync(join(tmpdir(), 'polyfill-'))
const home = join(folder, 'node_modules', 'disposablestack')
mkdirSync(home, { recursive: true })
writeFileSync(join(home, 'old.js'), `
var Stack = function DisposableStack() { this.undo = [] }
var define = function (key, value) { Object.defineProperty(Stack.prototype, key, { configurable: true, writable: true, enumerable: false, value: value }) }
define('use', function use(value) { if (value) this.undo.push(function () { value.dispose() }); return value })
define('adopt', function adopt(value, undo) { this.undo.push(function () { undo(value) }); return value })
define('defer', function defer(undo) { if (typeof undo !== 'function') throw new TypeError('no function'); this.undo.push(undo) })
define('move', function move() { var moved = new Stack(); moved.undo = this.undo.splice(0); return moved })
define('dispose', function dispose() { while (this.undo.length > 0) this.undo.pop()() })
define(Symbol.dispose, Stack.prototype.dispose)
module.exports = Stack`)
writeFileSync(join(home, 'new.js'), `
class PonyfillAsyncDisposableStack {
  #undo = []
  get disposed() { return false }
  use(value) { return value }
  adopt(value, undo) { this.#undo.push(() => undo(value)); return value }
  defer(undo) { this.#undo.push(undo) }
  move() { return new PonyfillAsyncDisposableStack() }
  async disposeAsync() { for (const undo of this.#undo.splice(0).reverse()) await undo() }
  [Symbol.asyncDispose]() { console.log('its own'); return this.disposeAsync() }
}
exports.AsyncDisposableStack = PonyfillAsyncDisposableStack
Object.defineProperty(exports, 'getter', { enumerable: true, get() { console.log('asked'); return PonyfillAsyncDisposableStack } })`)
const Old = require(join(home, 'old.js'))
const { AsyncDisposableStack: New } = require(join(home, 'new.js'))
rmSync(folder, { recursive: true })

for (const Stack of [Old, New]) {
  console.log(Stack.name, Stack.length)
  for (const key of Reflect.ownKeys(Stack.prototype)) {
    const { value, get, ...attributes } = Object.getOwnPropertyDescriptor(Stack.prototype, key)
    console.log(String(key), (value ?? get).name, (value ?? get).length, JSON.stringify(attributes))
  }
}
console.log(Old.prototype.dispose === Old.prototype[Symbol.dispose], New.prototype.disposeAsync === New.prototype[Symbol.asyncDispose])
console.log(Object.getOwnPropertyNames(globalThis).filter((name) => name.endsWith('Stack')).join(), typeof globalThis.DisposableStack === typeof Old)
for (const wrong of [() => New.prototype.defer.call({}, () => {}), () => new Old().defer(1), () => Old.prototype.use.call(undefined, 1)]) {
  try {
    wrong()
  } catch (error) {
    console.log(error.name)
  }
}
class Own extends New {}
const old = new Old()
old.adopt('one', (name) => console.log(name))
old.defer(() => console.log('two'))
old.move().dispose()
const own = new Own()
own.defer(() => console.log('deferred'))
queueMicrotask(() => console.log('tick'))
own[Symbol.asyncDispose]().then((value) => console.log('disposed', value))
console.log(own instanceof New, own.disposed)
