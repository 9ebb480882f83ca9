import { createDatabase } from './database.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const db = await createDatabase()
let shared

async function begin() {
  shared = await db.transaction() // with: cross-task-exit
  await shared.raw('SELECT 1')
}

async function commit() {
  await db.raw('SELECT 2')
  await shared.commit() // expect: cross-task-exit
}

async function forget() {
  const transaction = await db.transaction() // expect: unclosed-scope
  await transaction.raw('SELECT 3')
}

runApart(begin, commit, forget, () => process.exit())
