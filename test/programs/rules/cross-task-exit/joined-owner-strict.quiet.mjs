// options: --strict
// Under `--strict` an awaited callee is still the same task.
import { enterScope } from 'scope-trace'

async function open(name) {
  await null
  return enterScope(name)
}

const first = await open('first')
first.exit()
