// An error in a callback: Node prints the line and the stack, and ends with 1.
process.on('exit', (code) => console.log('exit', code))
setTimeout(() => {
  undefined.property
}, 1)
