// Middlewares in the way of express, koa and fastify: each request enters its own context.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, Agent, get } from 'node:http'

const requests = new AsyncLocalStorage()
let id = 0
const use = [
  (request, response, next) => {
    requests.enterWith({ id: ++id })
    next()
  },
  async (request, response, next) => {
    if (request.url !== '/plain') requests.enterWith({ id: requests.getStore().id, user: request.url.slice(1) })
    await next()
  },
  async (request, response) => {
    await null
    const { id: number, user } = requests.getStore()
    response.end(`${number} ${user}`)
  },
]
function dispatch(request, response, index) {
  return use[index](request, response, () => dispatch(request, response, index + 1))
}
const server = createServer((request, response) => {
  void dispatch(request, response, 0)
})
await new Promise((resolve) => server.listen(0, resolve))
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const { port } = server.address()
const ask = (path) =>
  new Promise((resolve) => {
    get({ port, path, agent }, async (response) => resolve((await response.toArray()).join('')))
  })
const answers = []
for (const path of ['/ada', '/plain', '/bob', '/plain']) answers.push(await ask(path))
agent.destroy()
server.close()
console.log(answers.join())
