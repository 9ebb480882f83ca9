// What a service does in an hour, as fast as it goes: every kind of work that could leave
// something behind in a tracker. What is kept within bounds fills up and is cleared, again and again:
// live memory is a saw, so the second third of the run and the last one are compared by many looks each.
import { EventEmitter } from 'node:events';
import { withScope } from 'scope-trace';
import { liveBytes, report } from '../meter.mjs';

const LOOKS = 40;
const ROUNDS = Number(process.env.BENCH_SOAK_ROUNDS ?? 60_000);
const bus = new EventEmitter();
let queue = Promise.resolve();
let running = true;

async function step(value) {
  await null;
  return value + 1;
}

/** Like a request: a scope of its own, a few calls, a fan-out. */
async function serve() {
  return withScope('request', async () => {
    let value = 0;
    for (let i = 0; i < 5; i++) value = await step(value);
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => step(n)));
    return value + all.length;
  });
}

/** The loser never settles, and nobody holds it. */
function raceWithLoser() {
  return Promise.race([step(1), new Promise(() => {})]);
}

/** A call that is suspended for ever and dropped. */
async function neverEnds() {
  await new Promise(() => {});
}

/** A queue made of one promise that is replaced by its own `then`, for ever. */
function enqueue() {
  queue = queue.then(() => step(2)).catch(() => {});
  return queue;
}

async function* produce() {
  for (let i = 0; i < 5; i++) yield step(i);
}

/** Left early by the reader, as `break` does. */
async function readSome() {
  for await (const value of produce()) if (value > 2) break;
}

async function failAndRecover() {
  try {
    await Promise.reject(new Error('expected'));
  } catch {
    return step(0);
  }
}

/** A daemon's own loop: one timer that starts the next. */
const polling = new Promise((resolve) => {
  (function poll() {
    if (running) setTimeout(poll, 1);
    else resolve();
  })();
});

async function onJob() {
  await step(3);
}
bus.on('job', onJob);

async function round() {
  void neverEnds();
  bus.emit('job');
  await Promise.all([serve(), raceWithLoser(), enqueue(), readSome(), failAndRecover()]);
  await new Promise((resolve) => setImmediate(resolve));
}

async function soak(rounds) {
  for (let i = 0; i < rounds; i++) await round();
  return liveBytes();
}

/** The median of the live bytes while a third of the rounds pass. */
async function third() {
  const looks = [];
  for (let i = 0; i < LOOKS; i++) looks.push(await soak(ROUNDS / 3 / LOOKS));
  return looks.sort((a, b) => a - b)[LOOKS / 2];
}

const filled = await third();
const middle = await third();
const end = await third();
running = false;
await polling;
report({ value: (end - middle) / 2 ** 20, filled, middle, end });
process.exit();
