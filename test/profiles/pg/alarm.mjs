import pg from 'pg'
import { startPgServer } from '../fakes/pg-server.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const pool = new pg.Pool({ ...(await startPgServer()), max: 3, idleTimeoutMillis: 1, allowExitOnIdle: true })
let shared

async function open() {
  shared = await pool.connect() // with: cross-task-exit
  await shared.query('SELECT 1')
}

async function close() {
  await pool.query('SELECT 2')
  shared.release() // expect: cross-task-exit
}

async function askAfterwards() {
  const client = await pool.connect()
  try {
    await client.query('SELECT 3')
  } finally {
    client.release() // with: use-after-exit
  }
  await client.query('SELECT 4').catch(() => undefined) // expect: use-after-exit
}

async function forget() {
  const client = await pool.connect() // expect: unclosed-scope
  await client.query('SELECT 5')
}

runApart(open, close, askAfterwards, forget, () => process.exit())
