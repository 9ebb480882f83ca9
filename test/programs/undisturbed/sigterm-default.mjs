// SIGTERM without a handler ends the process by that signal.
console.log('before')
setTimeout(() => {}, 10_000)
process.kill(process.pid, 'SIGTERM')
