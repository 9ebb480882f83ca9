import { createDatabase } from './database.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const db = createDatabase()
let shared

async function begin() {
  shared = await db.startTransaction().execute() // with: cross-task-exit
  await shared.selectFrom('person').selectAll().execute()
}

async function commit() {
  await db.selectFrom('person').selectAll().execute()
  await shared.commit().execute() // expect: cross-task-exit
}

async function forget() {
  const transaction = await db.startTransaction().execute() // expect: unclosed-scope
  await transaction.selectFrom('person').selectAll().execute()
}

runApart(begin, commit, forget)
