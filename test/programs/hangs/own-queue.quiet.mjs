// The queue is at work on something that comes to an end.
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
  await queue.add(async function inner() {});
}
queue.add(async () => new Promise((resolve) => setTimeout(resolve, 1e6)));
outer();
setTimeout(() => console.log('ready'), 100);
