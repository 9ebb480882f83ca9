// A nursery written by hand: children are started inside the scope, and it waits for all of them.
import { setTimeout as sleep } from 'node:timers/promises'
import { task, withScope } from 'scope-trace'

async function group(name, body) {
  await withScope(name, async () => {
    const children = new Set()
    const start = (childName, fn) => {
      const child = task(childName, fn).finally(() => children.delete(child))
      children.add(child)
    }
    await body(start)
    while (children.size > 0) await Promise.race(children)
  })
}

await group('crawl', async (start) => {
  for (const n of [1, 2, 3]) {
    start(`page ${n}`, async () => {
      await sleep(n)
      if (n === 1) start('found page', () => sleep(2))
    })
  }
})
