/** Every instrument, and how they are put into the program. */
import type { InstrumentId } from '../protocol.ts';
import { asyncLocalStorage } from './async-local-storage.ts';
import { abort } from './abort.ts';
import { asyncGenerator } from './async-generator.ts';
import { disposableStack } from './disposable-stack.ts';
import { effect } from './effect.ts';
import { effection } from './effection.ts';
import { handles } from './handles.ts';
import { httpRequest } from './http-request.ts';
import type { Instrument, Undo } from './instrument.ts';
import { undoAll } from './patch.ts';
import { profiles } from './profiles.ts';
import { synchronousChildren } from './synchronous-children.ts';
import { testRunners } from './test-runners.ts';

const instruments: readonly Instrument[] = [
  disposableStack,
  asyncGenerator,
  asyncLocalStorage,
  abort,
  effect,
  effection,
  httpRequest,
  profiles,
  handles,
  testRunners,
  synchronousChildren,
];

/**
 * Puts in all but those left out. One that cannot be put in is missing, and a sentence in `caveats`
 * says so.
 */
export function installInstruments(without: readonly InstrumentId[], caveats: string[]): Undo {
  const undos: Undo[] = [];
  for (const { id, install } of instruments) {
    if (without.includes(id)) continue;
    try {
      undos.push(install());
    } catch (error) {
      caveats.push(`The instrument ${id} could not be installed: ${String(error)}.`);
    }
  }
  return undoAll(undos);
}
