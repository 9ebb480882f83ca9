// exit: 13, which is the program's own code for something else
const answers = new Map()

async function wait() {
  await new Promise((resolve) => answers.set(1, resolve))
}

void wait()
process.exitCode = 13
await null
process.on('exit', () => answers.get(1)())
