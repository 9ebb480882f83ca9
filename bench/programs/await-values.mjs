// An await of a plain value: no call that a tracker could attribute, only the cost of the hooks.
import { measure } from '../meter.mjs';

await measure(10_000, async () => {
  for (let i = 0; i < 10_000; i++) await i;
});
