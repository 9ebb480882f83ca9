// Every holder of a connection waits for a second one.
const free = [{}, {}];
const waiters = [];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function take() {
  const connection = free.pop();
  return connection ?? new Promise((resolve) => waiters.push(resolve));
}
function give(connection) {
  const waiter = waiters.shift();
  if (waiter) waiter(connection);
  else free.push(connection);
}
async function job() {
  const outer = await take();
  await pause(1);
  const inner = await take(); // expect: deadlock
  give(inner);
  give(outer);
}
for (let n = 0; n < 2; n++) job();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
