// Promises and async functions of another realm.
import { createContext, runInContext, runInNewContext, Script } from 'node:vm'

const seen = []
const context = createContext({ say: (word) => seen.push(word) })
await runInContext('(async () => { say("in"); await null; say("after"); return 1 })()', context)
await runInContext('Promise.all([1, 2].map(async (n) => { await null; say("member " + n) }))', context)
for await (const n of runInContext('(async function* () { yield 1; yield 2 })()', context)) seen.push(n)
const foreign = runInNewContext('Promise')
console.log(foreign === Promise, (await foreign.resolve(3)) + 1, new Script('1 + 1').runInThisContext())
const own = createContext({ say: (word) => seen.push(word) }, { microtaskMode: 'afterEvaluate' })
runInContext('Promise.resolve().then(() => say("own queue")); say("first")', own)
console.log(seen.join(' '))
