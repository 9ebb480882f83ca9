import type { Screen } from './screen.ts';

export const programs: Screen = {
  id: 'programs',
  title: 'Programs',
  columns: [
    { id: 'state', title: 'STATE', width: 9 },
    { id: 'pid', title: 'PID', width: 8, right: true },
    { id: 'age', title: 'AGE', width: 6, right: true },
    { id: 'tasks', title: 'TASKS', width: 6, right: true },
    { id: 'scopes', title: 'SCOPES', width: 6, right: true, from: 70 },
    { id: 'rate', title: 'REC/S', width: 6, right: true, from: 80 },
    { id: 'records', title: 'RECORDS', width: 7, right: true, from: 110 },
    { id: 'lost', title: 'LOST', width: 6, right: true, from: 80 },
    { id: 'memory', title: 'MEMORY', width: 7, right: true, from: 90 },
    { id: 'cpu', title: 'CPU', width: 4, right: true, from: 90 },
    { id: 'name', title: 'PROGRAM', grow: 1, tree: true },
  ],
  hint: 'enter details  f filter  ? keys',
};
