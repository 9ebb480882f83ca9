// The stack comes from a package on Node 22 and older; each job opens and closes its own, also one that was moved.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A small stand-in for the package of this name, laid out as that one is.
const folder = mkdtempSync(join(tmpdir(), 'polyfill-'))
const home = join(folder, 'node_modules', 'disposablestack', 'AsyncDisposableStack')
mkdirSync(home, { recursive: true })
writeFileSync(join(home, 'index.js'), `module.exports = class AsyncDisposableStack {
  #undo = []
  disposed = false
  use(value) { this.#undo.push(() => value[Symbol.asyncDispose]()); return value }
  adopt(value, undo) { this.#undo.push(() => undo(value)); return value }
  defer(undo) { this.#undo.push(undo) }
  move() { const moved = new AsyncDisposableStack(); moved.#undo = this.#undo.splice(0); this.disposed = true; return moved }
  async disposeAsync() { this.disposed = true; for (const undo of this.#undo.splice(0).reverse()) await undo() }
  async [Symbol.asyncDispose]() { await this.disposeAsync() }
}`)
const Stack = globalThis.AsyncDisposableStack ?? createRequire(join(folder, 'main.js'))('disposablestack/AsyncDisposableStack/index.js')
rmSync(folder, { recursive: true })

class Client {
  async open() {
    const stack = new Stack()
    stack.adopt('connection', async () => {})
    await null
    this.stack = stack.move()
  }

  async close() {
    await this.stack.disposeAsync()
    await this.stack[Symbol.asyncDispose]()
  }
}

async function job() {
  const client = new Client()
  await client.open()
  await client.close()
}
const empty = new Stack()
setImmediate(job)
setImmediate(async () => {
  await job()
  await empty.disposeAsync()
})
