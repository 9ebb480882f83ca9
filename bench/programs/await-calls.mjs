// The shortest async call there is, awaited at once: nothing but the promise machinery.
import { measure } from '../meter.mjs';

async function next(value) {
  return value + 1;
}

await measure(10_000, async () => {
  let value = 0;
  while (value < 10_000) value = await next(value);
});
