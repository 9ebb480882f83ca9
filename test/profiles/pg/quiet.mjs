import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import pg from 'pg'
import { startPgServer } from '../fakes/pg-server.mjs'

const pool = new pg.Pool({ ...(await startPgServer()), max: 3, idleTimeoutMillis: 1, allowExitOnIdle: true })

async function useOne() {
  const client = await pool.connect()
  try {
    await client.query('SELECT 1')
  } finally {
    client.release()
  }
}

await useOne()
await Promise.all([useOne(), useOne(), useOne(), useOne()])

// Given back at once, and by a chain.
const first = await pool.connect()
first.release()
await pool.connect().then((client) => client.query('SELECT 2').finally(() => client.release()))

// Prepared by the pool's own events, whoever gets it, and while it goes back.
pool.on('connect', (client) => { client.query('SET a TO 1').catch(() => undefined) })
pool.on('acquire', (client) => { client.query('SET b TO 1').catch(() => undefined) })
pool.on('release', (_, client) => { client.query('RESET ALL').catch(() => undefined) })
await useOne()
await pool.query('SELECT 2')
await Promise.all([useOne(), useOne(), pool.query('SELECT 2')])

// The pool uses again for itself what was given back.
await pool.query('SELECT 3')
await Promise.all(Array.from({ length: 6 }, () => pool.query('SELECT 4')))

// A stream gives it back when it is done, and nobody waits for that.
async function stream() {
  const client = await pool.connect()
  const out = new PassThrough()
  out.on('finish', () => client.release())
  setImmediate(() => out.end('row'))
  return out.resume()
}
await once(await stream(), 'end')

// Callbacks, all the way.
await new Promise((resolve, reject) => {
  pool.connect((error, client, release) => {
    if (error) return reject(error)
    client.query('SELECT 5', (failure) => {
      release(failure)
      resolve()
    })
  })
})

// Handed on to whoever works with it from now on.
async function serve(client) {
  await client.query('SELECT 6')
  client.release()
}
setTimeout(async () => {
  const client = await pool.connect()
  void serve(client)
}, 1)

// Nobody gets one that cannot be had.
const nowhere = new pg.Pool({ host: '127.0.0.1', port: 1 })
await nowhere.connect().catch(() => undefined)

setTimeout(() => pool.end(), 150)
