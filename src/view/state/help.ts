import type { Style } from '../../../reports/index.ts';

type Keys = readonly (readonly [string, string])[];

/** As tokio-console, htop and less have them. */
export const KEYS: readonly { readonly title: string; readonly keys: Keys }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['1 … 6, tab, shift-tab', 'another screen'],
      ['space, p', 'pause and go on; nothing is missed meanwhile'],
      ['?', 'these keys'],
      ['esc', 'back; of a list: take search and filter back'],
      ['q, ctrl-c', 'quit: the program goes on'],
      ['ctrl-z', 'suspend; fg comes back'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['↑ ↓, k j', 'the row above, below'],
      ['page up, page down, ctrl-u, ctrl-d', 'a page, half a page'],
      ['g G, home end', 'the first row, the last one'],
      ['enter', 'look at it closely'],
      ['← →, h l', 'fold, or go to the parent; unfold'],
      ['- +', 'fold all, unfold all'],
      ['/', 'search: only what fits is seen, and what is above it'],
      ['s r', 'sort by something else; the other way round'],
      ['f', 'filter'],
      ['F', 'follow what is newest'],
    ],
  },
  {
    title: 'A task, a scope, a finding',
    keys: [
      ['↑ ↓, k j, g G', 'scroll'],
      ['enter', 'go to what it belongs to: from a finding to its task, from there to its scope or starter'],
      ['esc, ←', 'back'],
      ['m', 'mark a finding as known: it is written into the baseline, and fails nothing; again takes it back'],
    ],
  },
  { title: 'Awaits', keys: [['d', 'dump the program now: it stands still meanwhile']] },
];

const REPLAY: Keys = [
  ['space', 'play, stop'],
  ['← →', 'a step back, a step on; h and l fold and unfold'],
  ['< >', 'slower, faster'],
  ['[ ]', 'the finding before, the next one'],
  ['^ $', 'the start, the end'],
];

const WIDTH = 36;

export function helpLines(style: Style, replay: boolean): string[] {
  const groups = replay ? [{ title: 'Time', keys: REPLAY }, ...KEYS] : KEYS;
  return groups.flatMap(({ title, keys }) => [
    style.bold(title),
    ...keys.map(([key, does]) => `  ${style.cyan(key.padEnd(WIDTH))} ${does}`),
    '',
  ]);
}
