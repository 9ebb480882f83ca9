// The program formats stacks itself, counts how often it is asked, and even fails at it.
let asked = 0
Error.prepareStackTrace = (error, sites) => {
  asked++
  return `${error.message} ${sites.length} ${sites[0]?.getFunctionName()} ${typeof sites[0]?.getFileName()}`
}

async function leaf(n) {
  await null
  return n
}
for (let n = 0; n < 200; n++) await leaf(n)
await Promise.all([leaf(1), leaf(2)])
console.log(asked, new Error('one').stack, asked)

Error.prepareStackTrace = () => {
  asked++
  throw new Error('expected')
}
for (let n = 0; n < 200; n++) await leaf(n)
try {
  console.log(new Error('two').stack)
} catch (error) {
  console.log('failed', error instanceof Error, asked)
}
Object.defineProperty(Error, 'stackTraceLimit', { value: 2, writable: false })
for (let n = 0; n < 200; n++) await leaf(n)
console.log(Error.stackTraceLimit)
