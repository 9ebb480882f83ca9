import { expect, test } from 'vitest';
import { mayCapturePlace, refillCaptures } from '../../tracker/frames.ts';

test('a program that asked for more places than it had gets new ones as it goes on', () => {
  const asked = 100_000;
  let given = 0;
  for (let n = 0; n < asked; n++) if (mayCapturePlace()) given++;
  expect(given).toBeGreaterThan(0);
  expect(given).toBeLessThan(asked);
  expect(mayCapturePlace()).toBe(false);
  refillCaptures(1000, 0);
  expect(mayCapturePlace()).toBe(true);
});
