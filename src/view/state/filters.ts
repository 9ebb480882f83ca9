/** What of a list is seen. */
import type { ScreenId } from './ui.ts';

export type FilterId = 'all' | 'alive' | 'waiting' | 'in scopes' | 'with findings' | 'open' | 'cancelled' | 'new' | 'violations' | 'leaks' | 'known' | 'refd';

export const FILTERS: Readonly<Record<ScreenId, readonly FilterId[]>> = {
  tasks: ['all', 'alive', 'waiting', 'in scopes', 'with findings'],
  scopes: ['all', 'open', 'cancelled', 'with findings'],
  findings: ['all', 'new', 'violations', 'leaks', 'known'],
  awaits: ['all'],
  handles: ['all', 'refd'],
  programs: ['all', 'alive'],
};
