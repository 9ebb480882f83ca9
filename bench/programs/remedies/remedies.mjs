// The cost of one call of a job, as it is written in one of the ways: `remedies.mjs <job> <way>`.
import { measure } from '../../meter.mjs';
import * as jobs from './jobs.mjs';

const CALLS = 500;
const ITEMS = 20;
const [job, way] = process.argv.slice(2);

async function work(signal) {
  signal.throwIfAborted();
  await null;
  return 1;
}

async function* items() {
  for (let n = 0; n < ITEMS; n++) yield n;
}

const { signal } = new AbortController();
let used = 0;
const use = (item) => (used += item);
const fn = jobs[job][way];

const calls = {
  bounded: () => fn(work, 60_000),
  together: () => fn([work, work, work], 60_000),
  streamed: () => fn(items(), signal, use),
};
/** Of a stream, one call is one item. */
const operations = job === 'streamed' ? CALLS * ITEMS : CALLS;

await measure(operations, async () => {
  for (let n = 0; n < CALLS; n++) await calls[job]();
});
process.exit();
