// One connection's messages, one after the other. A step that is called by the handler enters the context.
import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, on } from 'node:events'

const sessions = new AsyncLocalStorage()
const replies = []

async function answer(message) {
  await authorize(message)
  replies.push(message.text)
}

async function authorize({ token }) {
  if (token) sessions.enterWith({ token }) // expect: context-leak
  else if (sessions.getStore()?.token === undefined) throw new Error('not authorized') // with: context-leak
}

const connection = new EventEmitter()
const stop = new AbortController()
const serve = async () => {
  try {
    for await (const [message] of on(connection, 'message', { signal: stop.signal })) await answer(message)
  } catch (error) {
    if (error.name !== 'AbortError') throw error
  }
}
const serving = serve()
connection.emit('message', { token: 'secret', text: 'first' })
connection.emit('message', { text: 'second' })
setTimeout(() => stop.abort(), 10)
await serving
console.log(replies.join())
