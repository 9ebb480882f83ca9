// What is entered is taken back, or chosen by the caller: nobody reads what was left behind.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

const storage = new AsyncLocalStorage()
const seen = []
const read = () => seen.push(String(storage.getStore()?.name))

async function traced(name) {
  const before = storage.getStore()
  if (name) storage.enterWith({ name })
  try {
    read()
  } finally {
    storage.enterWith(before)
  }
}
storage.enterWith({ name: 'base' })
await traced('a')
await traced()
await traced()

async function job(name) {
  if (name) storage.enterWith({ name })
  await null
  read()
}
const shared = { name: 'shared' }
async function jobIn(context) {
  if (context) storage.enterWith(context)
  await null
  read()
}
// The caller sets its own before each one, or runs each one inside.
await job('b')
storage.enterWith({ name: 'mine' })
await job()
await jobIn(shared)
await storage.run(shared, () => jobIn())
await jobIn(shared)
await AsyncLocalStorage.snapshot()(() => jobIn())
await jobIn(shared)
await new AsyncResource('job').runInAsyncScope(() => jobIn())
await storage.exit(() => jobIn())

// Entered behind an await: it ends with the function.
async function late(name) {
  await null
  if (name) storage.enterWith({ name })
  read()
}
await late('c')
await late()
console.log(seen.join())
