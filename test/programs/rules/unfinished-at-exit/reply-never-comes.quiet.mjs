// The reply comes.
import { EventEmitter } from 'node:events'
import { enterScope } from 'scope-trace'

const replies = new EventEmitter()
globalThis.replies = replies

async function ask() {
  const scope = enterScope('question')
  await new Promise((resolve) => replies.once('reply', resolve))
  scope.exit()
}

void ask()
setImmediate(() => replies.emit('reply'))
