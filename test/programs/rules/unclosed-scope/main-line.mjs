// The main script ends with its scope open.
import { enterScope } from 'scope-trace'

enterScope('setup') // expect: unclosed-scope
await null
