// waits: load › variable ready
let ready;
const config = new Promise((resolve) => (ready = resolve));
async function load() {
  await config;
}
load();
setTimeout(() => console.log('ready'), 100);
setInterval(() => ready(), 1e6);
