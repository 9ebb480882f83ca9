// Requests that start work which outlives them, read bodies, are cut, and come over HTTP/2.
import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const logged = []
async function log(line) {
  await sleep(150)
  logged.push(line)
}

/** Opened by the first request, used by all. */
let pool
async function usePool() {
  pool ??= sleep(20, { size: 5 })
  return (await pool).size
}

async function handle(request, response) {
  void log(request.url)
  await withScope('query', usePool)
  if (request.url === '/cut') {
    request.socket.destroy()
    await sleep(10)
    return
  }
  response.end('ok')
}

const server = createServer((request, response) => {
  request.resume().on('end', () => void handle(request, response))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

async function ask(path, body) {
  const request = send({ port: server.address().port, path, method: 'POST', agent: false })
  request.end(body)
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
}
await Promise.all(['/a', '/b', '/c'].map((path) => ask(path, 'body')))
await ask('/cut', '').catch(() => undefined)
server.close()

const http2 = createHttp2Server(async (request, response) => {
  void log(request.url)
  response.end(String(await usePool()))
})
http2.listen(0, '127.0.0.1')
await once(http2, 'listening')
const client = connect(`http://127.0.0.1:${http2.address().port}`)
await Promise.all(['/d', '/e'].map((path) => once(client.request({ ':path': path }).resume(), 'close')))
client.close()
http2.close()
