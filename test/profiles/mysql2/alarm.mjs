import mysql from 'mysql2/promise'
import { startMysqlServer } from '../fakes/mysql-server.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const pool = mysql.createPool({ ...(await startMysqlServer()), connectionLimit: 3 })
let shared

async function open() {
  shared = await pool.getConnection() // with: cross-task-exit
  await shared.query('SELECT 1')
}

async function close() {
  await pool.query('SELECT 2')
  shared.release() // expect: cross-task-exit
}

async function askAfterwards() {
  const connection = await pool.getConnection()
  await connection.query('SELECT 3')
  connection.release() // with: use-after-exit
  await connection.query('SELECT 4').catch(() => undefined) // expect: use-after-exit
}

async function forget() {
  const connection = await pool.getConnection() // expect: unclosed-scope
  await connection.query('SELECT 5')
}

runApart(open, close, askAfterwards, forget, () => process.exit())
