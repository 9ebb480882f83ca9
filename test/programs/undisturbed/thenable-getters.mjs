// How often `then` is read and called on objects of the program's own.
let reads = 0
let calls = 0
const thenable = {
  get then() {
    reads++
    return (resolve) => {
      calls++
      resolve(1)
    }
  },
}
await thenable
await Promise.resolve(thenable)
await (async () => thenable)()
await Promise.all([thenable])
console.log(reads, calls)

let made = 0
class Counted extends Promise {
  constructor(executor) {
    made++
    super(executor)
  }
}
await Counted.resolve(1).then(() => 2).finally(() => 3)
console.log(made, Counted.resolve() instanceof Counted)

const proxy = new Proxy(Promise.resolve(), { get: (target, key) => (console.log('read', String(key)), Reflect.get(target, key)) })
await Promise.resolve(proxy).catch((error) => console.log(error.constructor.name))
const own = Promise.resolve(5)
own.then = (resolve) => resolve('own then')
console.log(await own)
