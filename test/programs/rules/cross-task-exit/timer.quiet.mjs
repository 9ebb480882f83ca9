// The timer only wakes the line that opened the scope.
import { enterScope } from 'scope-trace'

const scope = enterScope('upload')
await new Promise((resolve) => setTimeout(resolve, 5))
scope.exit()
