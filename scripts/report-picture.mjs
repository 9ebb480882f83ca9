/** `npm run report-picture`: takes README's picture of the HTML report, `docs/report.png`, from `examples/reports/report.html` in Chromium. */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const file = fileURLToPath(new URL('../docs/report.png', import.meta.url));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
const page = await browser.newPage({ viewport: { width: 1120, height: 800 } });
await page.goto(new URL('../examples/reports/report.html', import.meta.url).href);
// One of the two findings, and what is drawn below them.
await page.evaluate(() => {
  const { document } = globalThis;
  for (const one of ['nav', '.index', '#finding-2', '#keys', '#tasks', '#programs']) document.querySelector(one).hidden = true;
  document.querySelector('main').style.paddingBottom = '20px';
});
await page.evaluate(() => new Promise((resolve) => globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(resolve))));
await page.screenshot({ path: file, fullPage: true });
await browser.close();
console.log(`picture: docs/report.png written, ${statSync(file).size} bytes`);
