// Who waits has handed its resolver to something that nobody uses any more: that is no deadlock, though its own text names it.
// waits: main › all › inList › variable kept
// waits: main › all › inField › variable job.done
const kept = [];
async function inList() {
  await new Promise((resolve) => kept.push(resolve)); // expect: never
  return 1;
}
const job = { done: undefined };
async function inField() {
  await new Promise((resolve) => { // expect: never
    job.done = resolve;
  });
}
// Each has put aside what the other waits for, long before.
const shelf = new Map();
async function left() {
  shelf.set('left', Promise.withResolvers?.() ?? withResolvers());
  await null;
  await shelf.get('left').promise; // expect: never
}
async function right() {
  shelf.set('right', withResolvers());
  await null;
  await shelf.get('right').promise;
}
function withResolvers() {
  let resolve;
  return { promise: new Promise((found) => (resolve = found)), resolve };
}
async function main() {
  await Promise.all([inList(), inField(), left(), right()]);
}
main();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
