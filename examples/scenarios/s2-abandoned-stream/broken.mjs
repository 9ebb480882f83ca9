// S2. One stream of messages is dropped in the middle, another is closed by a task that never read it.
import { setTimeout as sleep } from 'node:timers/promises'

/** The messages of one conversation; the connection is given back when the stream ends. */
async function* messages(conversation) {
  const connection = { open: true }
  try {
    for (let n = 1; ; n++) {
      await sleep(5)
      yield `${conversation}: message ${n}`
    }
  } finally {
    connection.open = false
    console.log(`${conversation}: connection closed`)
  }
}

/** Only the first message is wanted, so nobody asks for the others. */
async function preview(conversation) {
  const stream = messages(conversation)
  const { value } = await stream.next() // expect: abandoned-generator
  return value
}

/** A stream that is not read on for a while is believed to be idle. */
function closeWhenIdle(stream) {
  return setTimeout(() => stream.return(), 20) // expect: cross-task-generator
}

async function follow(conversation) {
  const stream = messages(conversation)
  for await (const message of stream) {
    const timer = closeWhenIdle(stream)
    console.log(message)
    await sleep(60) // somebody reads it, slowly
    clearTimeout(timer)
  }
}

console.log(await preview('support'))
await follow('sales')
