// Ownership passes along awaits: `await open()` gives the scope to whoever awaited it.
import { enterScope } from 'scope-trace'

async function dial(name) {
  await null
  return enterScope(name)
}

async function open(name) {
  const scope = await dial(name)
  await null
  return { scope, close: async () => scope.exit() }
}

async function job() {
  const connection = await open('connection')
  await null
  await connection.close()
}

await job()
const mine = await open('of main')
await mine.close()
await Promise.all([job(), job()])
