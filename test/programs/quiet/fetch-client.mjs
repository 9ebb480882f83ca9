// `fetch` keeps its connections in a pool that outlives every request.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { withScope } from 'scope-trace'

const server = createServer((_, response) => response.end('{"price":1}'))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${server.address().port}/`

const price = (n) => withScope(`price ${n}`, async () => (await (await fetch(url)).json()).price)
for (let n = 0; n < 5; n++) await price(n)
console.log((await Promise.all([price(5), price(6)])).length)
server.closeAllConnections()
server.close()
