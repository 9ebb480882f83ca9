import { connect } from 'puppeteer-core'
import { createBrowserTransport } from '../fakes/browser.mjs'

const browser = await connect({ transport: createBrowserTransport() })

async function visit() {
  const context = await browser.createBrowserContext()
  try {
    await browser.version()
  } finally {
    await context.close()
  }
}

await visit()
await Promise.all([visit(), visit()])
const context = await browser.createBrowserContext()
await context.close()

// Left to the browser.
await browser.createBrowserContext()
await browser.close()
