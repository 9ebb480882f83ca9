// exec: --expose-gc
// A request is forgotten with its table of pending replies; the task that waits for it goes too.
import { withScope } from 'scope-trace'

class Channel {
  pending = new Map()

  request(id) {
    return new Promise((resolve) => this.pending.set(id, resolve))
  }
}

async function call(channel) {
  await withScope('call', async () => {
    await channel.request(1)
  })
}

function start() {
  void call(new Channel()) // expect: vanished-task
}

start()
for (let n = 0; n < 5; n++) {
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc()
}
