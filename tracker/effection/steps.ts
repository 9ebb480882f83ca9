/**
 * A step of an Effection 3 operation begins when its frame asks the iterator for `next`, `return` or
 * `throw`. What the frame gets are the iterator's own methods, bound: none of our frames stands between them
 * and their caller, and errors keep their stacks.
 */
import { alike, type Method } from '../instruments/patch.ts';
import { isObject } from '../instruments/values.ts';

/** The same operation, with an iterator that tells of its steps. `note` must not throw. */
export function observeSteps(operation: unknown, note: () => void): unknown {
  if (typeof operation !== 'function') return operation;
  return alike<Method>({
    method(this: unknown): unknown {
      note();
      const iterable: unknown = Reflect.apply(operation, this, []);
      if (!isObject(iterable)) return iterable;
      return {
        get [Symbol.iterator](): unknown {
          const method = (iterable as { readonly [Symbol.iterator]?: unknown })[Symbol.iterator];
          return typeof method === 'function' ? () => standFor(Reflect.apply(method, iterable, []), note) : method;
        },
      };
    },
  }.method, operation as Method);
}

function standFor(iterator: unknown, note: () => void): unknown {
  if (!isObject(iterator)) return iterator;
  const hand = (key: 'next' | 'return' | 'throw'): unknown => {
    const method = (iterator as Readonly<Record<string, unknown>>)[key];
    if (typeof method !== 'function') return method;
    note();
    return Reflect.apply(bind, method, [iterator]);
  };
  return {
    get next(): unknown { return hand('next'); },
    get return(): unknown { return hand('return'); },
    get throw(): unknown { return hand('throw'); },
  };
}

const { bind } = Function.prototype;
