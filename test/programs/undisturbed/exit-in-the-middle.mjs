// Much output, then `process.exit` while tasks are still running.
async function forever() {
  for (;;) await new Promise((resolve) => setImmediate(resolve))
}

void forever()
await null
process.on('exit', () => console.log('last line'))
process.stdout.write('x'.repeat(500_000) + '\n', () => {
  process.stderr.write('leaving\n')
  process.exit(7)
})
