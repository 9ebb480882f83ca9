/** Functions that are returned, or promised, and are the way out. */
import { guarded } from '../failure.ts';
import { alike } from '../instruments/patch.ts';
import { enterScopeAt, type Moment, observeMoment } from '../scopes.ts';
import type { Invocation } from './carriers.ts';
import { type Declared, nameOf } from './description.ts';
import { exit } from './leaving.ts';

type Way = (this: unknown, ...given: unknown[]) => unknown;

/** The function that is given stands for the scope: one of ours stands for it, and calls it. */
export function enterReturned(declared: Declared, moment: Moment, call: Invocation): unknown {
  const { result } = call;
  if (typeof result === 'function') return enterWith(declared, moment, call, result as Way);
  if (!(result instanceof Promise)) return result;
  return result.then((value: unknown) => {
    let standIn = value;
    guarded(() => {
      if (typeof value === 'function') standIn = enterWith(declared, { ...moment, call: observeMoment().call }, call, value as Way);
    })();
    return standIn;
  });
}

function enterWith(declared: Declared, moment: Moment, call: Invocation, leave: Way): Way {
  const { method } = {
    method(this: unknown, ...given: unknown[]): unknown {
      guarded(exit)(method, declared.ledger);
      return Reflect.apply(leave, this, given);
    },
  };
  const standIn = alike<Way>(method, leave);
  enterScopeAt(moment, standIn, nameOf(declared, call), 'declared', false, declared.waives);
  return standIn;
}
