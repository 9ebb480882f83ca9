// A chain of handlers, each with a scope, returned from a function that is not async.
import { withScope } from 'scope-trace'

const step = (name) => withScope(name, async () => name)

function chain() {
  return step('one')
    .then(() => step('two'))
    .then(() => Promise.all([step('three'), step('four')]))
    .finally(() => step('five'))
}

await withScope('whole chain', () => chain())
chain().then(() => console.log('done'))
