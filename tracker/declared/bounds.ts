/** Scopes that last as long as a call, and what it promised: they group what is done inside. */
import { enterGroup, exitGroup } from '../groups.ts';
import { runner } from '../running.ts';
import type { ScopeState } from '../scope-state.ts';
import { watchEnd } from './ends.ts';
import { type Declared, nameOf } from './description.ts';
import type { Bounds } from './points.ts';

interface Begun {
  readonly scope: ScopeState;
  /** In which it began; it lies in no scope of this one's afterwards. */
  readonly call: ReturnType<typeof runner>;
  readonly around: ScopeState | null;
}

export function createBounds(declared: Declared): Bounds {
  return {
    begin(given) {
      const call = runner();
      const around = call.scope;
      const scope = enterGroup(call, nameOf(declared, { given }), 'bounded');
      return scope === undefined ? undefined : { scope, call, around } satisfies Begun;
    },
    end(begun, result) {
      const { scope, call, around } = begun as Begun;
      if (call.scope === scope) call.scope = around;
      if (!(result instanceof Promise) || !watchEnd(result, () => { exitGroup(scope); })) exitGroup(scope);
    },
  };
}
