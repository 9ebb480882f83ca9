// Modules of every kind: require from import, import from require, JSON, data URLs, eval and Function.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
console.log(Object.keys(require.cache).length, require('../../../package.json').name)
console.log((await import('data:text/javascript,export default 5')).default)
console.log(eval('1 + 1'), new Function('return 2')(), await eval('(async () => { await null; return 3 })()'))
const AsyncFunction = (async () => {}).constructor
console.log(await new AsyncFunction('await null; return 4')())
await import('./no-such-module.mjs').catch((error) => console.log(error.code))
