// Synchronous scopes, nested, with an error on the way.
import { withScopeSync } from 'scope-trace'

const parse = (text) => withScopeSync('parse', () => JSON.parse(text))

withScopeSync('outer', () => {
  parse('1')
  try {
    parse('not json')
  } catch {
    console.log('caught')
  }
})
for (const n of [1, 2]) setImmediate(() => withScopeSync(`tick ${n}`, () => n))
