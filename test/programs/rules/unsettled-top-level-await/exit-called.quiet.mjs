// exit: 13, which the program asks for itself while its top level waits
setImmediate(() => process.exit(13))
await new Promise(() => {})
