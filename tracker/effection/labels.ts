/**
 * What an Effection 3 operation does next, told by what it yields. Functions such as `spawn` and `call`
 * return a description; the frame that it is yielded to calls what the description gives it.
 */
import { guarded } from '../failure.ts';
import { alike, type Method, replaceMethod } from '../instruments/patch.ts';
import { isObject } from '../instruments/values.ts';
import { type Label, lines } from './lines.ts';

/** What the frame is about to make, because it said so by what it yielded. */
let upcoming: { readonly frame: object; readonly label: Label } | undefined;

/** What `frame` makes now. Absent: it did not say so. */
export function takeLabel(frame: unknown): Label | undefined {
  const said = upcoming?.frame === frame ? upcoming?.label : undefined;
  upcoming = undefined;
  return said;
}

/** It has gone on to something else. */
export function forgetLabel(): void {
  upcoming = undefined;
}

const noteYielded = guarded((frame: unknown, label: Label | undefined): void => {
  if (!isObject(frame)) return;
  upcoming = label === undefined ? undefined : { frame, label };
  lines.get(frame)?.endStep();
});

const labels = new WeakMap<object, { label: Label | undefined }>();

/** Functions that only describe what will be done: none of the program's code runs inside. */
export function labelling(describe: (operation: unknown) => Label | undefined): (original: Method) => Method {
  return (original) => function labelled(this: unknown, ...given: unknown[]): unknown {
    const described = Reflect.apply(original, this, given);
    guarded(() => { label(described, describe(given[0])); })();
    return described;
  };
}

/** One may be made of another one: the outermost names it. */
function label(described: unknown, by: Label | undefined): void {
  if (!isObject(described)) return;
  const known = labels.get(described);
  if (known !== undefined) {
    known.label = by;
    return;
  }
  const holder = { label: by };
  labels.set(described, holder);
  if (Object.hasOwn(described, Symbol.iterator)) {
    replaceMethod(described, Symbol.iterator, (original) => ({
      method(this: unknown): unknown {
        const iterator = Reflect.apply(original, this, []) as object;
        replaceMethod(iterator, 'next', (next) => telling(next, holder));
        return iterator;
      },
    }).method);
  } else {
    const next = (described as { readonly next?: unknown }).next;
    if (typeof next !== 'function') return;
    const value = alike(telling(next as Method, holder), next as Method);
    Object.defineProperty(described, 'next', { value, configurable: true, writable: true });
  }
}

/** What is yielded is called with the frame that yielded it, as soon as its step is over. */
function telling(next: Method, holder: { readonly label: Label | undefined }): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      const step = Reflect.apply(next, this, given) as { readonly done?: boolean; readonly value: unknown };
      const { value } = step;
      if (step.done === true || typeof value !== 'function') return step;
      return { ...step, value: alike<Method>({
        method(this: unknown, ...frame: unknown[]): unknown {
          noteYielded(frame[0], holder.label);
          return Reflect.apply(value, this, frame);
        },
      }.method, value as Method) };
    },
  }.method;
}

export function nameOf(operation: unknown): string {
  const name = typeof operation === 'function' ? (Object.getOwnPropertyDescriptor(operation, 'name')?.value as unknown) : undefined;
  return typeof name === 'string' ? name : '';
}

export function withName(kind: string, operation: unknown): string {
  const name = nameOf(operation);
  return name === '' ? '' : `${kind} ${name}`;
}
