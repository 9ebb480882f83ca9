import type { Screen } from './screen.ts';

export const scopes: Screen = {
  id: 'scopes',
  title: 'Scopes',
  columns: [
    { id: 'state', title: 'STATE', width: 9 },
    { id: 'age', title: 'AGE', width: 6, right: true },
    { id: 'inside', title: 'IN', width: 4, right: true },
    { id: 'listeners', title: 'LEFT', width: 4, right: true, from: 90 },
    { id: 'findings', title: 'FI', width: 3, right: true },
    { id: 'name', title: 'SCOPE', grow: 3, tree: true },
    { id: 'host', title: 'HOST TASK', grow: 2, from: 72 },
    { id: 'reason', title: 'CANCELLED BECAUSE', grow: 2, from: 110 },
    { id: 'place', title: 'ENTERED', grow: 2, cut: 'start', from: 130 },
  ],
  hint: 'enter details  / search  f filter  s sort  space pause  ? keys',
};
