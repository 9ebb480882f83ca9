// Nothing of the tracer is alive in the program's own lists.
console.log(process.getActiveResourcesInfo(), process._getActiveHandles().length, process._getActiveRequests().length)
const timer = setTimeout(() => {}, 10_000)
const unref = setInterval(() => {}, 10_000).unref()
console.log(process.getActiveResourcesInfo(), timer.hasRef(), unref.hasRef())
clearTimeout(timer)
console.log(process.getActiveResourcesInfo())
await new Promise((resolve) => setImmediate(resolve))
console.log(process.getActiveResourcesInfo(), process._getActiveHandles().length)
