// options: --strict
// Under `--strict`, as AnyIO would: the task that joined the owner is still another task.
import { enterScope } from 'scope-trace'

async function open(name) {
  await null
  const scope = enterScope(name)
  await null
  return scope
}

const opening = open('first')
await null
const first = await opening
first.exit() // expect: cross-task-exit

const [second] = await Promise.all([open('second')])
second.exit() // expect: cross-task-exit
