import type { Screen } from './screen.ts';

export const handles: Screen = {
  id: 'handles',
  title: 'Handles',
  columns: [
    { id: 'state', title: 'STATE', width: 8 },
    { id: 'age', title: 'AGE', width: 6, right: true },
    { id: 'name', title: 'HANDLE', width: 14 },
    { id: 'made', title: 'MADE', grow: 2, cut: 'start' },
    { id: 'task', title: 'BY TASK', grow: 2, from: 72 },
    { id: 'scope', title: 'IN SCOPE', grow: 1, from: 100 },
  ],
  hint: 'enter details  / search  f filter  s sort  ? keys',
};
