import { once } from 'node:events'
import { get } from 'node:http'
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import Koa from 'koa'

const app = new Koa()
app.silent = true
const handlers = {
  '/plain': async (ctx, next) => { await next(); ctx.body ??= 'plain' },
  '/returned': (ctx, next) => next().then(() => { ctx.body = 'returned' }),
  // A time limit answers, and what is too late was meant to be.
  '/limited': async (ctx, next) => {
    await Promise.race([next(), wait(5).then(() => { ctx.status = 503; ctx.body = 'busy' })])
  },
  // Work for its own sake, which touches no response.
  '/afterwards': async (ctx) => {
    void (async () => { await wait(20) })()
    ctx.body = 'accepted'
  },
  // Nobody is there any more when the answer is ready.
  '/cut': async (ctx) => { await wait(30); ctx.body = 'nobody' },
  '/by-hand': async (ctx) => { ctx.respond = false; ctx.res.end('by hand') },
  '/fails': async () => { await null; throw new Error('expected') },
}
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    ctx.status = 500
    ctx.body = error.message
  }
})
app.use(async (ctx, next) => { await handlers[ctx.path](ctx, next) })
app.use(async (ctx) => { await wait(ctx.path === '/limited' ? 30 : 1); ctx.body = `${ctx.path} inside` })

const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${server.address().port}`
for (const path of Object.keys(handlers)) {
  if (path !== '/cut') console.log(path, await (await fetch(origin + path)).text())
}
const cut = get(`${origin}/cut`, { agent: false }).on('error', () => undefined)
await wait(10)
cut.destroy()
await wait(60)
server.close()
server.closeAllConnections()

const { set } = Object.getOwnPropertyDescriptor(createRequire(import.meta.url)('koa/lib/response.js'), 'body')
console.log(set.name, set.length, Object.hasOwn(set, 'prototype'))
