// waits: load › nothing
const config = new Promise(() => {});
async function load() {
  await config; // expect: never
}
load();
setTimeout(() => console.log('ready'), 100);
setInterval(() => console.log(typeof config), 1e6);
