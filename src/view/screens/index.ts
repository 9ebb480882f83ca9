/** Every screen, in the order of the digits that open them. */
import type { ScreenId } from '../state/ui.ts';
import { awaits } from './awaits.ts';
import { findings } from './findings.ts';
import { handles } from './handles.ts';
import { programs } from './programs.ts';
import { scopes } from './scopes.ts';
import type { Screen } from './screen.ts';
import { tasks } from './tasks.ts';

export const screens: readonly Screen[] = [tasks, scopes, findings, awaits, handles, programs];

export function findScreen(id: ScreenId): Screen {
  return screens.find((screen) => screen.id === id) ?? tasks;
}
