// Children that are waited for in place: results, errors and their stacks.
import * as children from 'node:child_process'
import { execSync } from 'node:child_process'

for (const name of ['execSync', 'execFileSync', 'spawnSync']) console.log(name, children[name].name, children[name].length)
console.log(execSync('echo one', { encoding: 'utf8' }), children.execFileSync('echo', ['two'], { encoding: 'utf8' }))
const { status, signal, stdout, output, error } = children.spawnSync('sh', ['-c', 'echo three; exit 3'], { encoding: 'utf8' })
console.log(status, signal, stdout, output, error)
for (const run of [
  function fails() { execSync('exit 5', { stdio: 'pipe' }) },
  function isMissing() { children.execFileSync('no-such-program-anywhere') },
  function isLate() { execSync('sleep 5', { timeout: 30, stdio: 'pipe' }) },
  function isWrong() { children.spawnSync('echo', ['one'], { timeout: -1 }) },
]) {
  try {
    run()
  } catch (thrown) {
    console.log(thrown.name, thrown.code, thrown.status, thrown.signal, thrown.message)
    console.log(thrown.stack.split('\n').map((line) => line.replace(/[(\s]\S*\//, ' ')).join('\n'))
  }
}
console.log(children.spawnSync('no-such-program-anywhere').error.message)
const binding = process.binding('spawn_sync')
console.log(Object.keys(binding), typeof binding.spawn, binding.spawn.name, binding.spawn.length)
