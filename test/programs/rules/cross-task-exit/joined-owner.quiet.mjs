// A spawned task that finished and was joined passes its scope to the task that joined it.
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
first.exit()

const [second, third] = await Promise.all([open('second'), open('third')])
third.exit()
second.exit()
