// waits: run › run
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let mine;
async function run() {
  await pause(1);
  await mine; // expect: deadlock
}
mine = run();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
