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

// Two locks in opposite order.
const accounts = new Lock();
const orders = new Lock();
async function book() {
  await accounts.acquire();
  await pause(1);
  await orders.acquire(); // expect: deadlock
  orders.release();
  accounts.release();
}
async function bill() {
  await orders.acquire();
  await pause(1);
  await accounts.acquire();
  accounts.release();
  orders.release();
}

// Every holder of a connection waits for a second one.
class Pool {
  idle = [{}, {}];
  wanting = [];
  async take() {
    return this.idle.pop() ?? new Promise((resolve) => this.wanting.push(resolve));
  }
  give(connection) {
    const waiter = this.wanting.shift();
    if (waiter) waiter(connection);
    else this.idle.push(connection);
  }
}
const pool = new Pool();
async function query() {
  const outer = await pool.take();
  await pause(1);
  const inner = await pool.take(); // expect: deadlock
  pool.give(inner);
  pool.give(outer);
}

// A finished task has not released it.
class Semaphore {
  queue = new Set();
  #free = 1;
  acquire() {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.queue.add(resolve));
  }
  release() {
    const [next] = this.queue;
    this.queue.delete(next);
    if (next) next();
    else this.#free++;
  }
}
const gate = new Semaphore();
async function forgetful() {
  await gate.acquire();
}
async function patient() {
  await gate.acquire(); // expect: deadlock
  gate.release();
}

// A function awaits the promise of its own call.
let mine;
async function refresh() {
  await pause(1);
  await mine; // expect: deadlock
}

async function main() {
  mine = refresh();
  await forgetful();
  await Promise.all([book(), bill(), query(), query(), patient(), patient(), mine]);
}
main();
setInterval(() => {}, 1e6);
await pause(50);
process.kill(process.pid, 'SIGINT');
