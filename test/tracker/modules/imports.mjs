import Pool, { count, live, Pool as again } from 'package-dual'
import * as esm from 'package-esm'
import cjs, { Inner } from 'package-cjs'
import { createRequire } from 'node:module'
import { describeModule } from './describe.cjs'

process.emit('test:known', esm.Esm)
count()
console.log(live, Pool === again, new Pool().where(), String(Pool))
console.log(esm.url === import.meta.resolve('package-esm'), esm.stack, Object.keys(esm), Object.prototype.toString.call(esm))
console.log(cjs.stack, cjs.loaded, cjs.described, Inner === cjs.Inner)
const require = createRequire(import.meta.url)
console.log(describeModule(require.cache[require.resolve('package-cjs')]))
try { console.log(require('package-esm') === esm) } catch (error) { console.log(error.code) }
for (const load of [() => import('./missing.mjs'), () => import('package-missing'), () => import('./broken.mjs'), async () => require('./missing.cjs')]) {
  await load().catch((error) => { console.log(error.stack) })
}
console.log((await import('package-dual')).default === Pool)
