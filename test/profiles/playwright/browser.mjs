import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/** The browser is not traced. */
export const launch = () => chromium.launch({
  executablePath: fileURLToPath(new URL('fake-chromium.mjs', import.meta.url)), env: { PATH: process.env.PATH },
})
