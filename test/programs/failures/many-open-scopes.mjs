// Ten thousand scopes are open at once; all but the last ten are closed in order.
import { enterScope } from 'scope-trace'

const scopes = []
for (let n = 0; n < 10_000; n++) scopes.push(enterScope(`scope ${n % 10}`))
await null
while (scopes.length > 10) scopes.pop().exit()
console.log('done')
