/** A bar on a terminal that says how far a dump is. Nothing anywhere else. */
import type { Progress, Tell } from './take-snapshot.ts';

export interface ProgressBar {
  readonly tell: Tell;
  /** Takes the bar away. */
  readonly clear: () => void;
}

const WORDS: Readonly<Record<Progress['phase'], string>> = {
  stopped: 'the program stands still',
  reading: 'reading the heap',
  proving: 'looking for who could go on',
  asking: 'asking the program for lines and addresses',
};

const CELLS = 24;
const EVERY_MS = 100;

export function openProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { tell: () => undefined, clear: () => undefined };
  let drawn = '';
  let drawnAtMs = -Infinity;
  return {
    tell: ({ phase, share }) => {
      if (performance.now() - drawnAtMs < EVERY_MS) return;
      drawnAtMs = performance.now();
      const full = Math.round(Math.min(1, share) * CELLS);
      const text = `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${WORDS[phase]}`;
      if (text === drawn) return;
      drawn = text;
      stream.write(`\r\u001b[K${text}`);
    },
    clear: () => {
      if (drawn !== '') stream.write('\r\u001b[K');
      drawn = '';
    },
  };
}
