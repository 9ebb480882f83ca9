/** In what order a list can be seen. `tree`: as it grew, children below their parents. The others make it flat. */
import type { ScreenId } from './ui.ts';

export type SortId = 'tree' | 'waiting' | 'age' | 'scopes' | 'findings' | 'name' | 'inside';

/** The first one is how a list is seen until something else is chosen. */
export const SORTS: Readonly<Record<ScreenId, readonly SortId[]>> = {
  tasks: ['tree', 'waiting', 'age', 'scopes', 'findings', 'name'],
  scopes: ['tree', 'age', 'inside', 'findings', 'name'],
  findings: ['tree'],
  awaits: ['tree', 'waiting', 'name'],
  handles: ['tree', 'age', 'name'],
  programs: ['tree'],
};
