// The holder waits for a timer, and releases in its finally.
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
async function use(ms) {
  await gate.acquire();
  try {
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    gate.release();
  }
}
for (let n = 0; n < 3; n++) use(1e6);
setTimeout(() => console.log('ready'), 100);
