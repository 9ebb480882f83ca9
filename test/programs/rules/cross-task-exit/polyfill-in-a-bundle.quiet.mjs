// The same class of stacks, filled and disposed of by one job.
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

async function open() {
  const stack = new AsyncDisposableStack()
  stack.adopt('connection', async () => {})
  await null
  const moved = stack.move()
  await moved[Symbol.asyncDispose]()
}
// Such a class is noticed while the program runs, not as it starts.
for (let n = 0; n < 100; n++) setImmediate(() => {})
setImmediate(() => setImmediate(open))
