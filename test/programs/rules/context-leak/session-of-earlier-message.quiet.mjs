// The session belongs to the connection, and each message runs inside it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, on } from 'node:events'

const sessions = new AsyncLocalStorage()
const replies = []

async function answer(message) {
  await authorize()
  replies.push(message.text)
}

async function authorize() {
  if (sessions.getStore()?.token === undefined) throw new Error('not authorized')
}

const connection = new EventEmitter()
const stop = new AbortController()
const serve = async () => {
  const session = {}
  try {
    for await (const [message] of on(connection, 'message', { signal: stop.signal })) {
      if (message.token) session.token = message.token
      await sessions.run(session, () => answer(message))
    }
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
