/** Whoever reads closes: another task only tells it to stop. */
import type { RuleCure } from './cure.ts';
import { readerTold } from './shapes/reader-told.ts';

export const crossTaskGenerator: RuleCure = {
  general: {
    remedies: ['guardIterator'],
    before: `const feed = prices();
socket.once('close', () => feed.return());  // closed by the handler
for await (const price of feed) await show(price);`,
    after: `const stop = new AbortController();
socket.once('close', () => stop.abort());
const feed = guardIterator(prices(), { signal: stop.signal });
try {
  for await (const price of feed) await show(price);  // closed by the reader
} catch (error) {
  if (!stop.signal.aborted) throw error;
}`,
  },
  rewrite: ({ spot }) => {
    const [advanced, closed] = [spot('advanced here'), spot('closed here')];
    return advanced === undefined || closed === undefined ? undefined : readerTold(advanced, closed);
  },
};
