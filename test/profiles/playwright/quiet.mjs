import { launch } from './browser.mjs'

const browser = await launch()

async function visit() {
  const context = await browser.newContext()
  try {
    await context.cookies()
  } finally {
    await context.close()
  }
}

await visit()
await Promise.all([visit(), visit()])
const context = await browser.newContext()
await context.close()
await context.close()

// Opened for all, and closed when all are done.
const shared = await browser.newContext()
await Promise.all([shared.cookies(), shared.cookies()])
browser.once('disconnected', () => undefined)
setTimeout(async () => {
  await shared.close()
  // Left to the browser.
  await browser.newContext()
  await browser.close()
}, 1)
