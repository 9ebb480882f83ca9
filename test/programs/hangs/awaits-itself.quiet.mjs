// waits: run › timer
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let mine;
async function run() {
  await pause(1e6);
  await mine;
}
mine = run();
setTimeout(() => console.log('ready'), 100);
