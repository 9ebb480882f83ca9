/** Every list, in the order of their screens. */
import { anyList, type AnyList } from '../cells.ts';
import type { ScreenId } from '../ui.ts';
import { tasks } from './tasks.ts';

const lists: readonly AnyList[] = [anyList(tasks)];

export function findList(id: ScreenId): AnyList {
  return lists.find((list) => list.id === id) ?? anyList(tasks);
}
