/**
 * Children that are waited for without the event loop: `execSync`, `execFileSync`, `spawnSync`. Such a wait happens inside the
 * system, where nothing may interrupt it to ask who waits; so it is looked at when it is over. The one
 * function below all three of them is Node's own, returns its errors, and is on no stack that the program sees.
 */
import { guarded } from '../failure.ts';
import { nodeBinding } from '../node-binding.ts';
import { sampleLongCall } from '../stalls.ts';
import type { Instrument } from './instrument.ts';
import { type Method, replaceMethod, undoAll } from './patch.ts';

const { now } = Date;

export const synchronousChildren: Instrument = {
  id: 'synchronous-children',
  install: () => {
    const binding = nodeBinding('spawn_sync');
    return binding === undefined ? undoAll([]) : replaceMethod(binding, 'spawn', timed);
  },
};

const note = guarded((tookMs: number, below: Method): void => {
  sampleLongCall(tookMs, below);
});

function timed(original: Method): Method {
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      const began = now();
      const result = Reflect.apply(original, this, given);
      note(now() - began, method);
      return result;
    },
  };
  return method;
}
