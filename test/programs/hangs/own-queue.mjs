// A worker of a queue waits for a job in its own queue.
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
const queue = new Queue();
async function outer() {
  await null;
  await queue.add(async function inner() {}); // expect: deadlock
}
queue.add(outer);
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
