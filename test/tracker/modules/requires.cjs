const cjs = require('package-cjs')
const { Pool } = require('package-dual')
const { describeModule } = require('./describe.cjs')

console.log(cjs.stack, cjs.loaded, cjs.described, new Pool().where())
console.log(describeModule(require.cache[require.resolve('package-cjs')]), describeModule(module))
try { require('package-cjs/missing') } catch (error) { console.log(error.stack) }
try { require('./broken.cjs') } catch (error) { console.log(error.stack) }
import('package-esm').then((esm) => {
  process.emit('test:known', esm.Esm)
  console.log(esm.url, esm.stack)
  try { console.log(require('package-esm') === esm) } catch (error) { console.log(error.code) }
})
