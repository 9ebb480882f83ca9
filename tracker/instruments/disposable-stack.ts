/**
 * `DisposableStack` and `AsyncDisposableStack` as scopes: entered when something is first put on
 * them, exited when they are disposed of, handed on by `move`.
 *
 * https://github.com/tc39/proposal-explicit-resource-management
 */
import { guarded } from '../failure.ts';
import { enterScope, exitScope, isOpen, moveScope } from '../scopes.ts';
import type { Instrument, Undo } from './instrument.ts';
import { type Method, noteAfter, noteBefore, replaceMethod, undoAll } from './patch.ts';
import { forgetPolyfills, watchPolyfills } from './stack-polyfills.ts';
import { isObject } from './values.ts';

export const disposableStack: Instrument = {
  id: 'disposable-stack',
  install: () => {
    const undos = NAMES.map((name) => watchStack(name, Reflect.get(globalThis, name)));
    if (!('DisposableStack' in globalThis)) {
      watchPolyfills((name, stackClass) => undos.push(watchStack(name, stackClass)));
      undos.push(forgetPolyfills);
    }
    return () => {
      undoAll(undos)();
    };
  },
};

const NAMES = ['DisposableStack', 'AsyncDisposableStack'] as const;
/** An empty stack holds nothing: it becomes a scope when something is put on it. */
const FILLING = ['use', 'adopt', 'defer'] as const;

const noteFilled = guarded((stack: unknown, name: string): void => {
  if (isObject(stack) && !isOpen(stack)) enterScope(stack, name, 'stack', false);
});
/** The scope is over when its clean-up begins. */
const noteDisposed = guarded((stack: unknown): void => {
  if (isObject(stack) && isOpen(stack)) exitScope(stack);
});
const noteMoved = guarded((from: unknown, to: unknown, name: string): void => {
  if (isObject(from) && isObject(to)) moveScope(from, to, name, 'stack');
});

/** Listens to a class of stacks, native or not. */
export function watchStack(name: string, stackClass: unknown): Undo {
  if (typeof stackClass !== 'function') return undoAll([]);
  const { prototype } = stackClass as { readonly prototype: object };
  const filling = (original: Method): Method => noteAfter(original, (stack) => { noteFilled(stack, name); });
  const moving = (original: Method): Method => noteAfter(original, (from, to) => { noteMoved(from, to, name); });
  return undoAll([
    ...FILLING.map((key) => replaceMethod(prototype, key, filling)),
    replaceMethod(prototype, 'move', moving),
    replaceDisposal(prototype, 'dispose', Symbol.dispose),
    replaceDisposal(prototype, 'disposeAsync', Symbol.asyncDispose),
  ]);
}

/** The method and the one under the symbol are one function, and stay one; in some polyfills they are two. */
function replaceDisposal(prototype: object, key: string, symbol: symbol | undefined): Undo {
  const own = (name: PropertyKey): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value;
  const listening = (original: Method): Method => noteBefore(original, noteDisposed);
  const isOne = symbol !== undefined && own(key) === own(symbol);
  const undo = replaceMethod(prototype, key, listening);
  if (symbol === undefined) return undo;
  const made = own(key) as Method | undefined;
  return undoAll([undo, replaceMethod(prototype, symbol, isOne && made !== undefined ? () => made : listening)]);
}
