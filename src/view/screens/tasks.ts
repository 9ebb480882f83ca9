import type { Screen } from './screen.ts';

export const tasks: Screen = {
  id: 'tasks',
  title: 'Tasks',
  columns: [
    { id: 'state', title: 'STATE', width: 10 },
    { id: 'age', title: 'AGE', width: 6, right: true },
    { id: 'wait', title: 'WAITED', width: 6, right: true },
    { id: 'scopes', title: 'SC', width: 3, right: true, from: 70 },
    { id: 'findings', title: 'FI', width: 3, right: true },
    { id: 'name', title: 'TASK', grow: 3, tree: true },
    { id: 'awaits', title: 'WAITS FOR', grow: 2, from: 72 },
    { id: 'place', title: 'PLACE', grow: 2, cut: 'start', from: 120 },
  ],
  hint: 'enter details  / search  f filter  s sort  space pause  ? keys',
};
