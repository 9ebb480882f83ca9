// Servers, clients, files and timers at once; everything ends by itself.
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const server = createServer(async (request, response) => {
  await new Promise((resolve) => setTimeout(resolve, 1))
  response.end(request.url)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${server.address().port}`
const texts = await Promise.all(Array.from({ length: 20 }, async (_, n) => (await fetch(`${url}/${n}`)).text()))
console.log(texts.join(' '))
console.log((await readFile(new URL(import.meta.url), 'utf8')).length > 0)
server.closeAllConnections()
server.close(() => console.log('closed'))
