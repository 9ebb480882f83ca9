// Each request is a task of its own, for the whole of its async handler.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mark } from '../mark.mjs'

async function answer(path) {
  mark('answer before', path) // task request-*
  await null
  mark('answer after', path) // task request-*
}

const server = createServer(async (request, response) => {
  const path = request.url.slice(1)
  mark('request', path) // task request-*, not joined
  await answer(path)
  mark('respond', path) // task request-*
  response.end(path)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const url = `http://127.0.0.1:${server.address().port}`
const get = async (path) => (await fetch(`${url}/${path}`)).text()
await get('a')
await get('b')
mark('end') // task main
server.closeAllConnections()
server.close()
