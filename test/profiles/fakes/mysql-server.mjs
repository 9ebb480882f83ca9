/** A server that lets everybody in and finds nothing. */
import { createRequire } from 'node:module'
import { once } from 'node:events'

const mysql = createRequire(import.meta.url)('mysql2')

/** Returns what a client needs to connect. Does not keep the program alive by itself. */
export async function startMysqlServer() {
  const server = mysql.createServer()
  let id = 0
  server.on('connection', (connection) => {
    connection.serverHandshake({
      protocolVersion: 10, serverVersion: 'fake', connectionId: ++id, statusFlags: 2, characterSet: 8, capabilityFlags: 0xffffff,
    })
    connection.on('query', () => connection.writeOk({ affectedRows: 0 }))
    connection.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server._server, 'listening')
  server._server.unref()
  return { host: '127.0.0.1', port: server._server.address().port, user: 'test', database: 'test' }
}
