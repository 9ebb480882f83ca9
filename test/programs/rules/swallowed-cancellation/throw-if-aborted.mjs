// options: --abort-grace 100
// Each item of a batch asks whether it may begin, and the batch takes "no" for the item's own failure.
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
      await convert(item, signal) // expect: swallowed-cancellation
    } catch {
      failed.push(item)
      await sleep(20) // writes it down
    }
  }
  return failed.length > 0
}

const controller = new AbortController()
setTimeout(() => controller.abort(), 20)
console.log(await convertAll(Array.from({ length: 30 }, (_, n) => n), controller))
