import { createServer } from 'node:http'
import { Agent, Pool, request } from 'undici'
import { runApart } from '../fakes/run-apart.mjs'

const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
const origin = await new Promise((resolve) => server.once('listening', () => resolve(`http://127.0.0.1:${server.address().port}`)))
const get = { path: '/', method: 'GET' }
const pool = new Pool(origin)
const agent = new Agent()
const old = new Agent()

async function ask() {
  await (await pool.request(get)).body.text()
}

async function close() {
  await ask()
  await pool.close() // with: use-after-exit
}

async function askAgain() {
  await pool.request(get).catch((error) => error.code) // expect: use-after-exit
}

async function destroy() {
  await agent.destroy() // with: use-after-exit
  try {
    await agent.request({ ...get, origin }) // expect: use-after-exit
  } catch {
    server.close()
  }
}

async function askByFunction() {
  await old.close() // with: use-after-exit
  await request(origin, { dispatcher: old }).catch((error) => error.code) // expect: use-after-exit
}

runApart(ask, close, askAgain, askByFunction, destroy)
