// options: --block-after 300
// S8, the other half, cured. The deadline's timer can come due, because the loop turns between two attempts, and its signal ends the pause.
import { setTimeout as sleep } from 'node:timers/promises'
import { moveOnAfter } from 'scope-trace/remedies'

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

async function sendWithRetries(message, { signal }) {
  for (;;) {
    try {
      return await send(message)
    } catch {
      await sleep(10, undefined, { signal })
    }
  }
}

await sleep(20) // the message comes in
const { timedOut, value } = await moveOnAfter(1200, ({ signal }) => sendWithRetries('hello '.repeat(100_000), { signal }))
console.log(timedOut ? 'not sent in time' : value)
