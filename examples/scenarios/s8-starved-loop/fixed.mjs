// options: --block-after 300
// S8, the other half, mended. Between two attempts the loop turns.
import { setTimeout as sleep } from 'node:timers/promises'

let open = false
setTimeout(() => (open = true), 100)

function checksum(text) {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum = (sum * 31 + text.charCodeAt(at)) | 0
  return sum
}

async function send(message) {
  const packet = { message, sum: checksum(message) }
  if (!open) throw new Error('the circuit is not closed yet')
  return `sent, checksum ${packet.sum}`
}

async function sendWithRetries(message) {
  const until = Date.now() + 1200
  for (;;) {
    try {
      return await send(message)
    } catch (error) {
      if (Date.now() > until) return error.message
      await sleep(10)
    }
  }
}

await sleep(20) // the message comes in
console.log(await sendWithRetries('hello '.repeat(100_000)))
