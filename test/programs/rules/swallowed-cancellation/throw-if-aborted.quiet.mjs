// What is left of a batch is refused item by item, which is over at once.
import { setTimeout as sleep } from 'node:timers/promises'

async function convert(item, signal) {
  signal.throwIfAborted()
  await sleep(5)
  return item
}

async function convertAll(items, { signal }) {
  const failed = []
  for (const item of items) {
    try {
      await convert(item, signal)
    } catch {
      failed.push(item)
    }
  }
  return failed.length > 0
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 20)
console.log(await convertAll(Array.from({ length: 30 }, (_, n) => n), controller))
for (let n = 0; n < 20; n++) await sleep(20)
