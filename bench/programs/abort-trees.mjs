// Requests with signals of their own: each has a deadline, follows a lasting signal, hands the
// followers to three calls that listen, and half of them are aborted in mid-work.
import { measure } from '../meter.mjs';

const lasting = new AbortController();

async function step(signal) {
  signal.throwIfAborted();
  const stop = () => {};
  signal.addEventListener('abort', stop, { once: true });
  await null;
  signal.removeEventListener('abort', stop);
}

async function request(n) {
  const controller = new AbortController();
  const signal = AbortSignal.any([lasting.signal, controller.signal]);
  const work = Promise.allSettled([step(signal), step(controller.signal), step(signal)]);
  if (n % 2 === 0) controller.abort(n);
  await work;
  return signal.aborted;
}

await measure(10, async () => {
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 100 }, (_, n) => request(n)));
});
