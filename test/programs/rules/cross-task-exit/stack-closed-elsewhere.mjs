// node: >=24, where stacks are part of the language
// A client keeps its resources on a stack; it is opened in one job and closed in another.
import { setTimeout as sleep } from 'node:timers/promises'

class Client {
  stack = new AsyncDisposableStack()

  async open() {
    await sleep(1)
    this.stack.defer(() => sleep(1)) // expect: cross-task-exit
  }

  async close() {
    await this.stack.disposeAsync() // with: cross-task-exit
  }
}

const client = new Client()
const opened = Promise.withResolvers()

setTimeout(async () => {
  await client.open()
  opened.resolve()
}, 1)

await opened.promise
setTimeout(async () => {
  await client.close()
}, 1)
