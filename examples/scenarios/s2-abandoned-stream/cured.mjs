// S2, cured. A guarded stream is closed once, by the task that reads it, whoever wants it to end.
import { setTimeout as sleep } from 'node:timers/promises'
import { guardIterator, isolate } from 'scope-trace/remedies'

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

/** Only the first message is wanted. What is begun and dropped here is closed when the preview ends. */
function preview(conversation) {
  return isolate('preview', async () => {
    const stream = guardIterator(messages(conversation))
    const { value } = await stream.next()
    return value
  })
}

/** A stream that is not read on for a while is believed to be idle: its reader is told to close it. */
function closeWhenIdle(idle) {
  return setTimeout(() => idle.abort('idle'), 20)
}

async function follow(conversation) {
  const idle = new AbortController()
  const stream = guardIterator(messages(conversation), idle)
  for await (const message of stream) {
    const timer = closeWhenIdle(idle)
    console.log(message)
    await sleep(60) // somebody reads it, slowly
    clearTimeout(timer)
  }
}

console.log(await preview('support'))
await follow('sales').catch((reason) => console.log(reason))
