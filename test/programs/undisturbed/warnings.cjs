// exec: --trace-warnings --stack-trace-limit=3
// Warnings with their stacks, deprecations and traces on standard error.
const { EventEmitter } = require('node:events')

async function warn() {
  await null
  process.emitWarning('be careful', { code: 'CODE', detail: 'details' })
  console.trace('trace')
  const emitter = new EventEmitter()
  for (let n = 0; n < 11; n++) emitter.on('event', () => {})
}

void warn()
