// Code that is loaded later may open what a global holds.
import { writeFileSync } from 'node:fs';
globalThis.gate = [];
async function waits() {
  await new Promise((resolve) => globalThis.gate.push(resolve));
}
waits();
setTimeout(() => console.log('ready'), 100);
setInterval(() => import('./late-code-loaded.mjs').catch(() => writeFileSync(2, '')), 1e6);
