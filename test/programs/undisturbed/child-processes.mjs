// Children: output, exit codes, signals and messages.
import { exec, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

if (process.argv[2] === 'child') {
  process.on('message', (n) => {
    process.send(n * 2)
    process.disconnect()
  })
} else {
  const child = fork(fileURLToPath(import.meta.url), ['child'])
  child.send(21)
  console.log(await Promise.all([once(child, 'message'), once(child, 'exit')]))
  const { stdout, stderr } = await promisify(exec)(`"${process.execPath}" -e "console.log(process.execArgv.length); console.error('e')"`)
  console.log(stdout, stderr)
  console.log(String(execFileSync(process.execPath, ['-p', '1 + 1'])))
  console.log(await once(spawn(process.execPath, ['-e', 'process.exit(9)']), 'exit'))
  console.log(await once(spawn(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)']), 'exit'))
  console.log(await once(spawn(process.execPath, ['-e', 'console.log(Object.keys(process.env))'], { env: {}, stdio: 'inherit' }), 'exit'))
}
