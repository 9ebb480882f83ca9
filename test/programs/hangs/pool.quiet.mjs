// One holder is at work, and gives its connection back.
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
async function job(ms) {
  const outer = await take();
  await pause(ms);
  const inner = await take();
  give(inner);
  give(outer);
}
job(1);
job(1e6);
setTimeout(() => console.log('ready'), 100);
