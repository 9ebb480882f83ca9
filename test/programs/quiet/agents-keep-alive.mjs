// Agents keep their sockets for the next request, whoever made the first: they are no request's own.
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const server = http.createServer((request, response) => response.end('ok')).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()
const agent = new http.Agent({ keepAlive: true })

for (let n = 0; n < 3; n++) {
  await withScope('request', async () => {
    const [response] = await once(http.get({ port, host: '127.0.0.1', agent }), 'response')
    response.resume()
    await once(response, 'end')
    await (await fetch(`http://127.0.0.1:${port}`)).text()
  })
}
await sleep(250)
process.exit()
