// Three async generators in a row, as in a stream of parsed and filtered records.
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

await measure(1000, async () => {
  let sum = 0;
  for await (const value of keepThirds(double(count(1000)))) sum += value;
  return sum;
});
