import knex from 'knex'
import { createDatabase } from './database.mjs'

const db = await createDatabase()

async function transfer(fails) {
  const transaction = await db.transaction()
  try {
    await transaction.raw('SELECT 1')
    await db.raw('SELECT 2').transacting(transaction)
    await transaction.commit()
    if (fails) throw new Error('after the commit')
  } catch (error) {
    await transaction.rollback(error).catch(() => undefined)
  }
}

await transfer(false)
await transfer(true)
await Promise.all([transfer(false), transfer(true)])

// Committed and rolled back by knex itself.
await db.transaction(async (transaction) => {
  await transaction.raw('SELECT 3')
})
await db.transaction((transaction) => transaction.raw('SELECT 4'), { isolationLevel: 'serializable' })
await db.transaction(async () => { throw new Error('no') }).catch(() => undefined)
await db.transaction((transaction) => {
  transaction.raw('SELECT 5').then(() => transaction.commit(), transaction.rollback)
})

// With a savepoint inside that ends with it, and with one that is released.
const outer = await db.transaction({ isolationLevel: 'serializable' })
const inner = await outer.savepoint()
await inner.commit()
await outer.transaction()
await outer.rollback()

// Begun by the first that needs it.
const provide = db.transactionProvider()
await (await provide()).raw('SELECT 6')
await (await provide()).commit()

// Begun for others, and committed by them.
async function begin() {
  return await db.transaction()
}
async function finish(transaction) {
  await transaction.raw('SELECT 7')
  await transaction.commit()
}
await finish(await begin())
void begin().then(finish)
await db.transaction().then((transaction) => transaction.raw('SELECT 8').then(() => transaction.commit()))

// A transaction that cannot be had.
const nowhere = knex({ client: 'pg', version: '15', connection: { host: '127.0.0.1', port: 1 } })
await nowhere.transaction().catch(() => undefined)
await nowhere.destroy()

setTimeout(() => db.destroy(), 100)
