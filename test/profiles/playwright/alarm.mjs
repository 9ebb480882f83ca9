import { runApart } from '../fakes/run-apart.mjs'
import { launch } from './browser.mjs'

const browser = await launch()
let shared

async function open() {
  shared = await browser.newContext() // with: cross-task-exit
}

async function close() {
  await null
  await shared.close() // expect: cross-task-exit
}

runApart(open, close, () => browser.close())
