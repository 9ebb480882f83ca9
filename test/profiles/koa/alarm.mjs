import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import Koa from 'koa'

const app = new Koa()
app.use(async (ctx, next) => {
  if (ctx.path === '/waits') await next()
  else next()
})
app.use(async (ctx) => {
  do await wait(1)
  while (ctx.path !== '/waits' && !ctx.res.writableFinished)
  ctx.body = 'late' // expect: use-after-exit
})

const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${server.address().port}`
for (const path of ['/waits', '/does-not']) console.log((await fetch(origin + path)).status)
await wait(50)
server.close()
server.closeAllConnections()
