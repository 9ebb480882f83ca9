// waits: consume › produce › nothing
const source = new Promise(() => {});
async function* produce() {
  yield await source; // expect: never
}
async function consume() {
  for await (const item of produce()) console.log(item);
}
consume();
setTimeout(() => console.log('ready'), 100);
setInterval(() => console.log(typeof source), 1e6);
