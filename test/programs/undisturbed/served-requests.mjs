// Requests and responses have no listener, no property and no getter call more than without.
import { once } from 'node:events'
import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { connect } from 'node:net'

class Request extends IncomingMessage {
  get path() {
    console.log('a getter was asked')
    return 'never'
  }
}
class Response extends ServerResponse {
  get closed() {
    console.log('a getter was asked')
    return super.closed
  }
}

function listeners(emitter) {
  return emitter.eventNames().map((name) => `${String(name)}:${emitter.listenerCount(name)}`).sort().join(' ')
}

const server = createServer({ IncomingMessage: Request, ServerResponse: Response }, (request, response) => {
  console.log(request.method, request.url, '|', listeners(request), '|', listeners(response), '|', listeners(request.socket))
  console.log(Reflect.ownKeys(response).map(String).sort().join())
  for (const name of ['finish', 'close', 'prefinish']) response.on(name, () => console.log(request.url, name, listeners(response)))
  request.on('close', () => console.log(request.url, 'request closed', response.writableFinished))
  if (request.url.startsWith('/cut')) {
    request.socket.destroy()
    return
  }
  request.resume().on('end', () => response.end('answer'))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

async function ask(text) {
  const socket = connect(server.address().port, '127.0.0.1').setEncoding('utf8').on('error', () => undefined)
  socket.end(text)
  let answer = ''
  socket.on('data', (piece) => { answer += piece })
  await once(socket, 'close')
  console.log(answer.split('\r\n')[0], answer.split('answer').length - 1)
}
await ask('GET /one?secret=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
await ask('POST /two HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc')
await ask('GET /three HTTP/1.1\r\nHost: a\r\n\r\nGET /four HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
await ask('GET /cut HTTP/1.1\r\nHost: a\r\n\r\n')
server.close()

const http2 = createHttp2Server()
http2.on('stream', (stream, headers) => {
  console.log(headers[':path'], listeners(stream), Reflect.ownKeys(stream).map(String).sort().join())
  stream.respond({ ':status': 200 })
  stream.end('answer')
})
http2.listen(0, '127.0.0.1')
await once(http2, 'listening')
const client = connectHttp2(`http://127.0.0.1:${http2.address().port}`)
const stream = client.request({ ':path': '/five?secret=1' }).setEncoding('utf8')
for await (const piece of stream) console.log(piece)
client.close()
http2.close()
