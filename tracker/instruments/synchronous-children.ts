/**
 * Children that are waited for without the event loop: `execSync`, `execFileSync`, `spawnSync`. Such a wait happens inside the
 * system, where nothing may interrupt it to ask who waits; so it is looked at when it is over. The one
 * function below all three of them is Node's own, returns its errors, and is on no stack that the program sees.
 */
import { guarded } from '../failure.ts';
import { sampleLongCall } from '../stalls.ts';
import type { Instrument } from './instrument.ts';
import { type Method, replaceMethod, undoAll } from './patch.ts';

const { now } = Date;

export const synchronousChildren: Instrument = {
  id: 'synchronous-children',
  install: () => {
    const binding = findBinding();
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

/** Absent where Node would warn of being asked for it, or does not give it. */
function findBinding(): object | undefined {
  const options = `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`;
  if (options.includes('pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1') return undefined;
  if ((process as { permission?: unknown }).permission !== undefined) return undefined;
  const find: unknown = Reflect.get(process, 'binding');
  return typeof find === 'function' ? (Reflect.apply(find, process, ['spawn_sync']) as object) : undefined;
}
