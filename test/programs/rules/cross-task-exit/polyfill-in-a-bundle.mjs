// A bundle brings a class of stacks of its own and makes it global where Node has none.
globalThis.AsyncDisposableStack ??= class AsyncDisposableStack {
  #undo = []
  use(value) {
    this.#undo.push(() => value[Symbol.asyncDispose]())
    return value
  }
  adopt(value, undo) {
    this.#undo.push(() => undo(value))
    return value
  }
  defer(undo) {
    this.#undo.push(undo)
  }
  move() {
    const moved = new AsyncDisposableStack()
    moved.#undo = this.#undo.splice(0)
    return moved
  }
  async disposeAsync() {
    for (const undo of this.#undo.splice(0).reverse()) await undo()
  }
}
Object.defineProperty(AsyncDisposableStack.prototype, Symbol.asyncDispose, { value: AsyncDisposableStack.prototype.disposeAsync, writable: true, configurable: true })

class Client {
  async open() {
    const stack = new AsyncDisposableStack()
    stack.adopt('connection', async () => {})
    await null
    this.stack = stack.move() // expect: cross-task-exit
  }

  async close() {
    await this.stack.disposeAsync() // with: cross-task-exit
  }
}

const client = new Client()
const open = async () => {
  await client.open()
  setImmediate(() => {
    setImmediate(close)
  })
}
const close = async () => {
  await client.close()
}
// Such a class is noticed while the program runs, not as it starts.
for (let n = 0; n < 100; n++) setImmediate(() => {})
setImmediate(() => setImmediate(open))
