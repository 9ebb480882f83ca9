// `beforeExit` may start more work; `exitCode` is obeyed; `exit` comes last.
let rounds = 0
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++rounds)
  if (rounds < 3) setTimeout(async () => {
    await null
    console.log('more work')
  }, 1)
})
process.on('exit', (code) => console.log('exit', code))
process.exitCode = 3
