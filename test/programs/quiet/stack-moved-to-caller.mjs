// node: >=24, where stacks are part of the language
// Helpers and constructors fill a stack and move it to whoever disposes of it.
const released = []
const resource = (name) => ({
  [Symbol.dispose]: () => released.push(name),
  [Symbol.asyncDispose]: async () => void released.push(name),
})

// What was opened so far is released when opening fails; otherwise it passes to the caller.
async function open(names) {
  await using stack = new AsyncDisposableStack()
  for (const name of names) {
    await null
    if (name === 'broken') throw new Error('expected')
    stack.use(resource(name))
  }
  return stack.move()
}
{
  await using all = await open(['a', 'b'])
  all.defer(() => void released.push('last in'))
}
await open(['c', 'broken']).catch(() => released.push('failed'))

// Opened side by side, closed by the one who waited for both.
const [left, right] = await Promise.all([open(['left']), open(['right'])])
await Promise.all([left.disposeAsync(), right.disposeAsync()])

// An object that owns what its constructor has opened, and moves it on itself.
class Plugin {
  #stack
  constructor(name) {
    using stack = new DisposableStack()
    stack.use(resource(name))
    this.#stack = stack.move()
  }
  detach() {
    return this.#stack.move()
  }
  [Symbol.dispose]() {
    this.#stack.dispose()
  }
}
{
  using plugin = new Plugin('plugin')
  using taken = new Plugin('taken').detach()
  released.push(plugin.constructor.name, taken.disposed)
}

// Moved twice, and the emptied ones disposed of as well.
const first = new DisposableStack()
first.adopt('twice', (name) => released.push(name))
const second = first.move()
const third = second.move()
for (const stack of [first, second, third, third]) stack.dispose()
console.log(released.join())
