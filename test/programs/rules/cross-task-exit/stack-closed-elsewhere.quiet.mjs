// node: >=24, where stacks are part of the language
// Each job opens and closes a client of its own; a stack that was moved belongs to whoever moved it.
import { setTimeout as sleep } from 'node:timers/promises'

class Client {
  stack = new AsyncDisposableStack()

  async open() {
    await using stack = new AsyncDisposableStack()
    await sleep(1)
    stack.defer(() => sleep(1))
    this.stack = stack.move()
  }

  async close() {
    await this.stack.disposeAsync()
  }
}

async function job() {
  const client = new Client()
  await client.open()
  await client.close()
  await client.close()
}

setTimeout(() => job(), 1)
setTimeout(() => job(), 30)

const empty = new DisposableStack()
setTimeout(() => {
  using own = new DisposableStack()
  own.adopt({}, () => undefined)
  empty.dispose()
}, 1)
