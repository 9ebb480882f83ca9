// A thousand calls at once, each suspended once, joined by Promise.all.
import { measure } from '../meter.mjs';

async function work(value) {
  await null;
  return value;
}

await measure(10, async () => {
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 1000 }, (_, n) => work(n)));
});
