import type { Screen } from './screen.ts';

export const awaits: Screen = {
  id: 'awaits',
  title: 'Awaits',
  columns: [
    { id: 'state', title: 'STATE', width: 10 },
    { id: 'wait', title: 'WAITED', width: 6, right: true },
    { id: 'name', title: 'WHO WAITS, AND BELOW IT FOR WHAT', grow: 3, tree: true },
    { id: 'at', title: 'SUSPENDED AT', grow: 2, cut: 'start', from: 72 },
  ],
  hint: 'd dumps the program now: it stands still meanwhile  enter details  ? keys',
};
