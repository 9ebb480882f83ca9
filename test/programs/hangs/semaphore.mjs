// The task that held it has ended, and forgot to release it.
class Semaphore {
  waiting = new Set();
  #free = 1;
  acquire() {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiting.add(resolve));
  }
  release() {
    const [next] = this.waiting;
    this.waiting.delete(next);
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
async function main() {
  await forgetful();
  await Promise.allSettled([patient(), patient()]);
}
main();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
