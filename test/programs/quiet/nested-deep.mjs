// Groups that open each other at once, in a context: the stack is deeper than is looked at, and Node calls the hooks itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { taskGroup } from 'scope-trace/remedies'

const nest = (left) => (left === 0 ? sleep(1) : taskGroup(() => nest(left - 1)))
await nest(40)
