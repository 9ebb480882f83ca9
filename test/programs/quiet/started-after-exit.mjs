// A scope was received and is closed by a helper; what starts afterwards is not inside it.
import { enterScope, withScope } from 'scope-trace'
import { setTimeout as sleep } from 'node:timers/promises'

class Resource {
  async open() {
    this.scope = enterScope('resource')
  }

  async close() {
    this.scope.exit()
  }
}

const resource = new Resource()
await resource.open()
await resource.close()
void withScope('daemon', () => sleep(300))

async function* rows() {
  const scope = enterScope('cursor')
  yield 1
  scope.exit()
}
for await (const row of rows()) await sleep(row)
void (async () => sleep(300))()
