// The main script closes what it opened.
import { enterScope } from 'scope-trace'

const scope = enterScope('setup')
await null
scope.exit()
