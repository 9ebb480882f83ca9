// Nothing is left that could wake the task, which holds its scope: the process ends around it.
import { EventEmitter } from 'node:events'
import { enterScope } from 'scope-trace'

const replies = new EventEmitter()
globalThis.replies = replies

async function ask() {
  const scope = enterScope('question') // expect: unfinished-at-exit
  await new Promise((resolve) => replies.once('reply', resolve))
  scope.exit()
}

void ask()
