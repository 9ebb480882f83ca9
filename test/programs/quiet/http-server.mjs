// A server answers fifty requests, each in a scope, with keep-alive connections that live on.
import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { withScope } from 'scope-trace'

const server = createServer(async (request, response) => {
  await withScope(`request ${request.url}`, async () => {
    await withScope('query', () => sleep(1))
    response.end('ok')
    await once(response, 'close')
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const agent = new Agent({ keepAlive: true, maxSockets: 5 })
const port = server.address().port
const request = (n) =>
  withScope(`client ${n}`, async () => {
    const [response] = await once(get({ agent, port, path: `/${n}` }), 'response')
    let text = ''
    for await (const chunk of response) text += chunk
    return text
  })

const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => request(n)))
console.log(answers.length)
agent.destroy()
server.close()
