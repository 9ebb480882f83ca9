// Prints its process id while two scopes are open, and waits to be killed.
import { setTimeout as sleep } from 'node:timers/promises'
import { enterScope, withScope } from 'scope-trace'

enterScope('open when killed')
await withScope('closed before', () => sleep(1))
await sleep(300)
console.log(`pid ${process.pid}.`)
await sleep(60_000)
