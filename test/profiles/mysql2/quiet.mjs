import mysql from 'mysql2'
import { startMysqlServer } from '../fakes/mysql-server.mjs'

const core = mysql.createPool({ ...(await startMysqlServer()), connectionLimit: 3 })
const pool = core.promise()

async function useOne() {
  const connection = await pool.getConnection()
  try {
    await connection.beginTransaction()
    await connection.query('SELECT 1')
    await connection.commit()
  } finally {
    connection.release()
  }
}

await useOne()
await Promise.all([useOne(), useOne(), useOne(), useOne()])

const first = await pool.getConnection()
first.release()
first.release()
await pool.query('SELECT 2')

// Destroyed after an error, and released by the same block.
const second = await pool.getConnection()
try {
  second.destroy()
} finally {
  second.release()
}

const third = await pool.getConnection()
pool.releaseConnection(third)

await new Promise((resolve, reject) => {
  core.getConnection((error, connection) => {
    if (error) return reject(error)
    connection.query('SELECT 3', () => {
      core.releaseConnection(connection)
      resolve()
    })
  })
})

const nowhere = mysql.createPool({ host: '127.0.0.1', port: 1 }).promise()
await nowhere.getConnection().catch(() => undefined)

await pool.end()
