// SIGTERM, SIGINT and SIGHUP with handlers: the program decides.
const seen = []
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, (name) => seen.push(name))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.kill(process.pid, signal)
  await new Promise((resolve) => setTimeout(resolve, 5))
}
console.log(seen.join(' '))
process.exitCode = 5
