/**
 * The usual polyfills of disposable stacks, where Node has none (Node 22 and older): classes that a
 * package exports, and classes that somebody puts into the global names.
 */
import { types } from 'node:util';
import { guarded } from '../failure.ts';
import { type PackageFormat, whenLoaded } from '../modules.ts';

type Watch = (name: StackName, stackClass: object) => void;
type StackName = 'DisposableStack' | 'AsyncDisposableStack';

const NAMES: readonly StackName[] = ['DisposableStack', 'AsyncDisposableStack'];
const PACKAGES: Readonly<Record<string, PackageFormat>> = {
  disposablestack: 'commonjs',
  'core-js': 'commonjs',
  'core-js-pure': 'commonjs',
  '@whatwg-node/disposablestack': 'any',
};
/** By these a class is known for a stack, whatever it is called. */
const METHODS = ['use', 'adopt', 'defer', 'move'] as const;

/** Calls `watch` for each class of stacks once, soon after its package has made it. */
export function watchPolyfills(watch: Watch): void {
  const known = new WeakSet<object>();
  const offer = (candidate: unknown): void => {
    if (typeof candidate !== 'function' || types.isProxy(candidate) || known.has(candidate)) return;
    const name = nameOf(candidate);
    if (name === undefined) return;
    known.add(candidate);
    watch(name, candidate);
  };
  const offerGlobals = guarded((): void => {
    for (const name of NAMES) offer(valueOf(globalThis, name));
  });
  for (const [packageName, format] of Object.entries(PACKAGES)) {
    whenLoaded(packageName, (exports) => {
      offer(exports);
      if (typeof exports === 'object' && exports !== null) for (const key of Object.keys(exports)) offer(valueOf(exports, key));
      offerGlobals();
    }, format);
  }
  lookForGlobals = offerGlobals;
}

let lookForGlobals = (): void => undefined;

/** For polyfills that are part of a bundle: to be called now and then. */
export function lookForStacks(): void {
  lookForGlobals();
}

export function forgetPolyfills(): void {
  lookForGlobals = () => undefined;
}

/** Absent: it is no class of stacks. */
function nameOf(candidate: object): StackName | undefined {
  const prototype = valueOf(candidate, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) return undefined;
  if (!METHODS.every((key) => typeof valueOf(prototype, key) === 'function')) return undefined;
  if (typeof valueOf(prototype, 'disposeAsync') === 'function') return 'AsyncDisposableStack';
  return typeof valueOf(prototype, 'dispose') === 'function' ? 'DisposableStack' : undefined;
}

/** Of a property of its own, without calling anything of the program's. */
function valueOf(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
