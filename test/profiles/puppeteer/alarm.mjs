import { connect } from 'puppeteer-core'
import { createBrowserTransport } from '../fakes/browser.mjs'
import { runApart } from '../fakes/run-apart.mjs'

const browser = await connect({ transport: createBrowserTransport() })
let shared

async function open() {
  shared = await browser.createBrowserContext() // with: cross-task-exit
}

async function close() {
  await browser.version()
  await shared.close() // expect: cross-task-exit
}

runApart(open, close, () => browser.disconnect())
