// options: --timeout 1h
// exec: --inspect-port=0
// It interrupts itself to be dumped.
// exit: 130
import { EventEmitter, on, once } from 'node:events';
import { createServer } from 'node:http';
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

// A worker whose queue nobody fills any more.
const queue = { jobs: [async () => {}], idle: [] };
const nextJob = async () => queue.jobs.shift() ?? new Promise((resolve) => queue.idle.push(resolve));
async function worker() {
  while (true) {
    const job = await nextJob();
    await job();
  }
}

// A loop over events that do not come any more.
const bus = new EventEmitter();
async function listen() {
  for await (const [message] of on(bus, 'message')) console.log(message);
}
async function drain() {
  let message;
  do {
    [message] = await once(bus, 'drained');
  } while (message !== 'end');
}

// A server's loop, and a poll.
const server = createServer((request, response) => response.end()).listen(0, '127.0.0.1');
async function serve() {
  for await (const [socket] of on(server, 'connection')) socket.unref();
}
async function poll() {
  for (;;) await pause(1000);
}

// Only somebody else can settle it, and may.
let ready;
const started = new Promise((resolve) => (ready = resolve));
async function wait() {
  await started;
}
setInterval(() => ready(), 1e6);

// A job adds another to its own queue, and does not wait for it; the last one takes its time.
class Queue {
  jobs = [];
  #running = false;
  add(work) {
    return new Promise((resolve, reject) => {
      this.jobs.push({ work, resolve, reject });
      if (!this.#running) this.#run();
    });
  }
  async #run() {
    this.#running = true;
    for (let job = this.jobs.shift(); job; job = this.jobs.shift()) {
      await Promise.resolve(job.work()).then(job.resolve, job.reject);
    }
    this.#running = false;
  }
}
const publisher = new Queue();
async function publish() {
  await null;
  void publisher.add(async function notify() {
    await pause(1e6);
  });
}
async function last() {
  await publisher.add(async () => {});
}
async function main() {
  await Promise.all([book(), book(), take(left, right), take(right, left)]);
}
main();
crawl();
crawl();
void publisher.add(publish);
void last();
void worker();
void listen();
void drain();
void serve();
void poll();
void wait();
await pause(50);
process.kill(process.pid, 'SIGINT');
