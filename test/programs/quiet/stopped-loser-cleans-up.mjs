// A loser of a race that is told to stop, obeys, and takes its time to clean up.
import { setTimeout as delay } from 'node:timers/promises';

async function upload(signal) {
  try {
    for (;;) await delay(5, undefined, { signal });
  } catch {
    for (let part = 0; part < 6; part++) await delay(50);
  }
}

async function uploadFor(ms) {
  const stop = new AbortController();
  await Promise.race([upload(stop.signal), delay(ms)]);
  stop.abort();
}

await uploadFor(20);
