// An aborting signal that the program sends itself.
console.log('before')
await null
process.kill(process.pid, 'SIGKILL')
await new Promise((resolve) => setTimeout(resolve, 10_000))
