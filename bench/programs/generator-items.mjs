// A million items through a pipeline of three async generators, once.
import { measure } from '../meter.mjs';

async function* count(limit) {
  for (let i = 0; i < limit; i++) yield i;
}

async function* double(source) {
  for await (const value of source) yield value * 2;
}

async function* keepThirds(source) {
  for await (const value of source) if (value % 3 === 0) yield value;
}

await measure(1_000_000, async () => {
  let sum = 0;
  for await (const value of keepThirds(double(count(1_000_000)))) sum += value;
  return sum;
});
