// exec: --expose-gc
// Closing the channel rejects what is still pending, so the task ends.
import { withScope } from 'scope-trace'

class Channel {
  pending = new Map()

  request(id) {
    return new Promise((_, reject) => this.pending.set(id, reject))
  }

  close() {
    for (const reject of this.pending.values()) reject(new Error('closed'))
  }
}

async function call(channel) {
  await withScope('call', async () => {
    await channel.request(1)
  })
}

function start() {
  const channel = new Channel()
  call(channel).catch(() => {})
  setImmediate(() => channel.close())
}

start()
for (let n = 0; n < 5; n++) {
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc()
}
