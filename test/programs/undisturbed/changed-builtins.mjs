// The program replaces built-in functions before it goes on.
const { then } = Promise.prototype
let calls = 0
Promise.prototype.then = function (...args) {
  calls++
  return then.apply(this, args)
}
Array.prototype.push = function (...items) {
  for (const item of items) this[this.length] = item
  return this.length
}
Map.prototype.get = ((get) => function (key) { return get.call(this, key) })(Map.prototype.get)
Object.prototype.polluted = 'yes'

async function f() {
  await null
  return 1
}
await f()
await f().catch(() => {})
await Promise.all([f(), f()])
for (const key in {}) console.log(key)
delete Object.prototype.polluted
console.log(calls)
