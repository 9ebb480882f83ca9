/** Every list, in the order of their screens. */
import { anyList, type AnyList } from '../cells.ts';
import type { ScreenId } from '../ui.ts';
import { awaits } from './awaits.ts';
import { findings } from './findings.ts';
import { handles } from './handles.ts';
import { programs } from './programs.ts';
import { scopes } from './scopes.ts';
import { tasks } from './tasks.ts';

const lists: readonly AnyList[] = [
  anyList(tasks),
  anyList(scopes),
  anyList(findings),
  anyList(awaits),
  anyList(handles),
  anyList(programs),
];

export function findList(id: ScreenId): AnyList {
  return lists.find((list) => list.id === id) ?? anyList(tasks);
}
