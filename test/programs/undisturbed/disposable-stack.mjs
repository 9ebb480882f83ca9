// Stacks behave as they do: names, attributes, errors, order.
const classes = ['DisposableStack', 'AsyncDisposableStack'].filter((name) => name in globalThis).map((name) => globalThis[name])

for (const Stack of classes) {
  console.log(Stack.name, Stack.length, Object.getOwnPropertyNames(Stack.prototype).sort().join())
  for (const key of Reflect.ownKeys(Stack.prototype)) {
    const { value, ...attributes } = Object.getOwnPropertyDescriptor(Stack.prototype, key)
    if (typeof value === 'function') {
      console.log(String(key), value.name, value.length, 'prototype' in value, JSON.stringify(attributes))
      try {
        if (key !== 'constructor') new value()
      } catch (error) {
        console.log(error.name)
      }
    }
  }
  const { prototype } = Stack
  console.log(prototype.dispose === prototype[Symbol.dispose], prototype.disposeAsync === prototype[Symbol.asyncDispose])
  try {
    prototype.defer.call({}, () => undefined)
  } catch (error) {
    console.log(error.name)
  }
  class Own extends Stack {}
  const own = new Own()
  console.log(own instanceof Stack, own.use(null), own.adopt(1, () => console.log('adopted')), own.defer(() => console.log('deferred')))
  const moved = own.move()
  console.log(own.disposed, moved.disposed, moved instanceof Own, moved.constructor === Stack)
  const result = moved.disposeAsync?.() ?? moved.dispose()
  queueMicrotask(() => console.log('tick'))
  console.log(result instanceof Promise, await result, moved.disposed)
  try {
    moved.defer(() => undefined)
  } catch (error) {
    console.log(error.name)
  }
}
