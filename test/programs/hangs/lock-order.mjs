// waits: main › all › one › acquire › Lock#q
// waits: main › all › two › acquire › Lock#q
class Lock {
  q = [];
  held = false;
  async acquire() {
    if (!this.held) this.held = true;
    else await new Promise((resolve) => this.q.push(resolve));
  }
  release() {
    const next = this.q.shift();
    if (next) next();
    else this.held = false;
  }
}
const a = new Lock();
const b = new Lock();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function one() {
  await a.acquire();
  await pause(1);
  await b.acquire(); // expect: deadlock
  b.release();
  a.release();
}
async function two() {
  await b.acquire();
  await pause(1);
  await a.acquire(); // expect: deadlock
  a.release();
  b.release();
}
async function main() {
  await Promise.all([one(), two()]);
}
main();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
