// Stack texts of errors: synchronous, across awaits, from handlers, timers and aggregates.
async function inner() {
  await null
  throw new Error('inner')
}
async function outer() {
  await inner()
}
const show = (error) => console.log(error.stack)

await outer().catch(show)
await Promise.resolve().then(() => { throw new TypeError('handler') }).catch(show)
await Promise.all([inner(), null]).catch(show)
await Promise.any([inner()]).catch((error) => error.errors.forEach(show))
setTimeout(() => show(new RangeError('timer')), 1)
process.nextTick(() => show(new Error('tick')))
queueMicrotask(() => show(new Error('microtask')))
Error.stackTraceLimit = 1
show(new Error('limited'))
Error.stackTraceLimit = 0
show(new Error('none'))
await outer().catch(show)
delete Error.stackTraceLimit
show(new Error('deleted'))
await outer().catch(show)
console.log(Object.hasOwn(Error, 'stackTraceLimit'))
