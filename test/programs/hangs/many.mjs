// waits: client › take › variable waiters
const waiters = [];
async function take() {
  await new Promise((resolve) => waiters.push(resolve));
}
async function client() {
  await take(); // expect: deadlock
  waiters.shift()?.();
}
for (let n = 0; n < 3000; n++) client();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
