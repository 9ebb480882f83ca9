import { createDatabase } from './database.mjs'

const db = createDatabase()

async function transfer(fails) {
  const transaction = await db.startTransaction().execute()
  try {
    await transaction.selectFrom('person').selectAll().execute()
    await transaction.commit().execute()
    if (fails) throw new Error('after the commit')
  } catch {
    await transaction.rollback().execute().catch(() => undefined)
  }
}

await transfer(false)
await transfer(true)
await Promise.all([transfer(false), transfer(true)])

// The library begins and commits by itself.
await db.transaction().execute(async (transaction) => {
  await transaction.selectFrom('person').selectAll().execute()
})
const last = await db.startTransaction().execute()
await last.rollback().execute()
await db.destroy()
