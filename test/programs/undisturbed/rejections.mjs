// Rejections that are handled late or never, with handlers for them.
process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason.message, promise instanceof Promise))
process.on('rejectionHandled', () => console.log('handled late'))
process.on('warning', (warning) => console.log('warning', warning.name, warning.message))

async function bad(message) {
  await null
  throw new Error(message)
}

const late = bad('late')
void bad('never')
Promise.reject(new Error('at once'))
setTimeout(() => late.catch(() => console.log('caught late')), 5)
await Promise.allSettled([bad('settled')])
process.emitWarning('be careful', 'CustomWarning')
