// options: --timeout 1h
// exec: --inspect-port=0
// It interrupts itself to be dumped.
// exit: 130
import { setTimeout as pause } from 'node:timers/promises';

class Lock {
  waiters = [];
  held = false;
  async acquire() {
    if (!this.held) this.held = true;
    else await new Promise((resolve) => this.waiters.push(resolve));
  }
  release() {
    const next = this.waiters.shift();
    if (next) next();
    else this.held = false;
  }
}

// The same order for both: the second waits for a slow first one.
const accounts = new Lock();
const orders = new Lock();
async function book() {
  await accounts.acquire();
  await orders.acquire();
  await pause(1e6);
  orders.release();
  accounts.release();
}

// Opposite order, but a timer may release one of them.
const left = new Lock();
const right = new Lock();
async function take(one, other) {
  await one.acquire();
  await pause(1);
  await other.acquire();
}
setInterval(() => left.release(), 1e6);

// Idle workers that fill their own queue are done when nobody else does.
const pages = { found: ['/'], idle: [] };
const next = async () => pages.found.shift() ?? new Promise((resolve) => pages.idle.push(resolve));
const found = (page) => {
  const worker = pages.idle.shift();
  if (worker) worker(page);
  else pages.found.push(page);
};
async function crawl() {
  for (;;) {
    const page = await next();
    if (page.length < 5) found(`${page}a`);
  }
}

async function main() {
  await Promise.all([book(), book(), take(left, right), take(right, left)]);
}
main();
crawl();
crawl();
setInterval(() => {}, 1e6);
await pause(50);
process.kill(process.pid, 'SIGINT');
