// A top-level await that never settles: Node warns and ends with 13.
// finds: unsettled-top-level-await
process.on('exit', (code) => console.log('exit', code))
await new Promise(() => {})
