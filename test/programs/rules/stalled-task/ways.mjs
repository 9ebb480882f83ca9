// options: --timeout 1h
// exec: --inspect-port=0
// It interrupts itself to be dumped.
// exit: 130
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

// Nobody kept the resolver.
const config = new Promise(() => {});
async function load() {
  await config; // expect: stalled-task
}

// The event is called otherwise.
const server = new EventEmitter();
async function start() {
  await once(server, 'listen'); // expect: stalled-task
}

// A generator that waits for what does not come.
const source = new Promise(() => {});
async function* read() {
  yield await source; // expect: stalled-task
}
async function consume() {
  for await (const row of read()) console.log(row);
}

// A job waits for another job of its own queue.
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
  await publisher.add(async function notify() {}); // expect: deadlock
}

async function main() {
  await Promise.all([load(), start(), consume()]);
}
main();
void publisher.add(publish);
setInterval(() => console.log(typeof config, typeof source), 1e6);
await pause(50);
process.kill(process.pid, 'SIGINT');
