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

async function forget() {
  const connection = await pool.getConnection() // expect: unclosed-scope
  await connection.query('SELECT 3')
}

runApart(open, close, forget, () => process.exit())
