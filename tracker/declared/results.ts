import { guarded } from '../failure.ts';
import { watchArrival } from './arrivals.ts';
import type { Entrance } from './points.ts';

/** Tells what a function returns, or what the promise that it returns is fulfilled with. */
export function whenGiven(tell: (value: unknown) => void): Entrance {
  const note = guarded((result: unknown): void => {
    if (!(result instanceof Promise)) tell(result);
    else watchArrival(result, tell, () => undefined);
  });
  return {
    prepare: (_, given) => given,
    enter: (_, __, result) => {
      note(result);
      return result;
    },
  };
}
