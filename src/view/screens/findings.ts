import type { Screen } from './screen.ts';

export const findings: Screen = {
  id: 'findings',
  title: 'Findings',
  columns: [
    { id: 'severity', title: 'SEVERITY', width: 11 },
    { id: 'at', title: 'AT', width: 6, right: true, from: 90 },
    { id: 'count', title: 'TIMES', width: 5, right: true, from: 70 },
    { id: 'rule', title: 'RULE', width: 22 },
    { id: 'message', title: 'WHAT HAPPENED', grow: 3 },
    { id: 'place', title: 'PLACE', grow: 1, cut: 'start', from: 110 },
  ],
  hint: 'enter places and advice  m mark as known  / search  f filter  ? keys',
};
