// S2, mended. Whoever reads a stream leaves the loop, and leaving it closes the stream in the same task.
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

/** Leaving the loop runs the stream's clean-up before this function goes on. */
async function preview(conversation) {
  for await (const message of messages(conversation)) return message
}

/** The signal says that it is time to end; whoever reads closes the stream. */
async function follow(conversation) {
  for await (const message of messages(conversation)) {
    const idle = AbortSignal.timeout(20)
    console.log(message)
    await sleep(60) // somebody reads it, slowly
    if (idle.aborted) break
  }
}

console.log(await preview('support'))
await follow('sales')
