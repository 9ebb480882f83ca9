const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let left;
let right;
async function first() {
  await pause(1);
  await right; // expect: deadlock
}
async function second() {
  await pause(1);
  await left.then(function after() {}); // expect: deadlock
}
left = first();
right = second();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
