/** Every screen, in the order of the digits that open them. */
import type { ScreenId } from '../state/ui.ts';
import type { Screen } from './screen.ts';
import { tasks } from './tasks.ts';

export const screens: readonly Screen[] = [tasks];

export function findScreen(id: ScreenId): Screen {
  return screens.find((screen) => screen.id === id) ?? tasks;
}
