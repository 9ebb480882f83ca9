/**
 * Ways to listen to a function of the program's realm without being noticed.
 *
 * A wrapper is one more line in the stack of whatever is thrown below it. Where the program's own
 * code runs inside, or where an error is made inside, `observeRead` is the better way: it sees that
 * a method is about to be called, and stays out of the call.
 *
 * What is made here behaves like what it stands for: same name, length and attributes, no
 * `prototype`, not constructible where the original is not.
 */
import type { Undo } from './instrument.ts';

/** A method as wrappers see it. */
export type Method = (this: unknown, ...given: unknown[]) => unknown;

/**
 * Replaces a method by what `make` returns, a function that is no constructor (method shorthand).
 * Does nothing when there is no such method.
 *
 * @param make - gets the original
 */
export function replaceMethod(holder: object, key: PropertyKey, make: (original: Method) => Method): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (typeof descriptor?.value !== 'function' || descriptor.configurable !== true) return nothing;
  const original = descriptor.value as Method;
  const wrapper = alike(make(original), original);
  Object.defineProperty(holder, key, { ...descriptor, value: wrapper });
  return () => {
    restore(holder, key, descriptor, (now) => now.value === wrapper);
  };
}

/** For {@link replaceMethod}: tells of every call before it is made. `note` must not throw. */
export function noteBefore(original: Method, note: (receiver: unknown) => void): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      note(this);
      return Reflect.apply(original, this, given);
    },
  }.method;
}

/** The same, once it has returned, with what it returned. A call that throws is not told of. */
export function noteAfter(original: Method, note: (receiver: unknown, result: unknown) => void): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      const result = Reflect.apply(original, this, given);
      note(this, result);
      return result;
    },
  }.method;
}

/** Like {@link replaceMethod}, for the getter of a property. */
export function replaceGetter(holder: object, key: PropertyKey, make: (original: () => unknown) => () => unknown): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (typeof descriptor?.get !== 'function' || descriptor.configurable !== true) return nothing;
  const original = descriptor.get as () => unknown;
  const get = alike<() => unknown>(make(original), original);
  Object.defineProperty(holder, key, { ...descriptor, get });
  return () => {
    restore(holder, key, descriptor, (now) => now.get === get);
  };
}

/** The same for its setter. */
export function replaceSetter(holder: object, key: PropertyKey, make: (original: Method) => Method): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (typeof descriptor?.set !== 'function' || descriptor.configurable !== true) return nothing;
  const set = alike(make(descriptor.set as Method), descriptor.set);
  Object.defineProperty(holder, key, { ...descriptor, set });
  return () => {
    restore(holder, key, descriptor, (now) => now.set === set);
  };
}

/**
 * Tells when a method is looked up on an object that inherits it from `holder`, which is what a call
 * begins with; the original itself is then called. What the program assigns or defines takes its
 * place. `note` must not throw, and gets whatever the method was looked up on.
 */
export function observeRead(holder: object, key: PropertyKey, note: (receiver: unknown) => void): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (typeof descriptor?.value !== 'function' || descriptor.configurable !== true || descriptor.writable !== true) return nothing;
  const { enumerable = false } = descriptor;
  const value = descriptor.value as unknown;
  const accessor = {
    get(this: unknown): unknown {
      if (this !== holder) note(this);
      return value;
    },
    set(this: unknown, given: unknown): void {
      const target = this === holder ? holder : (this as object);
      Object.defineProperty(target, key, { value: given, writable: true, enumerable: this === holder ? enumerable : true, configurable: true });
    },
  };
  Object.defineProperty(holder, key, { ...accessor, enumerable, configurable: true });
  return () => {
    restore(holder, key, descriptor, (now) => now.get === accessor.get);
  };
}

type Class = new (...given: unknown[]) => object;

/**
 * A constructor that tells of every instance. A proxy: `instanceof`, subclasses, statics, the name
 * and what `toString` says are those of the original. `note` must not throw.
 */
export function observeConstruction(original: Class, note: (instance: object) => void): Class {
  const observed: Class = new Proxy(original, {
    construct(target, given: unknown[], newTarget: Class) {
      const instance = Reflect.construct(target, given, newTarget === observed ? target : newTarget);
      note(instance);
      return instance;
    },
  });
  return observed;
}

/** Puts an observed constructor in the place of a global one, and of its prototype's `constructor`. */
export function observeGlobalClass(name: string, note: (instance: object) => void): Undo {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
  const original = (globalThis as unknown as Readonly<Record<string, unknown>>)[name];
  if (typeof original !== 'function' || descriptor?.configurable !== true) return nothing;
  const known = original as Class & { readonly prototype: object };
  const observed = observeConstruction(known, note);
  const { enumerable = false } = descriptor;
  Object.defineProperty(globalThis, name, { value: observed, writable: true, enumerable, configurable: true });
  const inPrototype = Object.getOwnPropertyDescriptor(known.prototype, 'constructor');
  if (inPrototype?.configurable === true) {
    Object.defineProperty(known.prototype, 'constructor', { ...inPrototype, value: observed });
  }
  return () => {
    restore(globalThis, name, descriptor, (now) => now.value === observed);
    if (inPrototype !== undefined) restore(known.prototype, 'constructor', inPrototype, (now) => now.value === observed);
  };
}

/** All of them, in one. */
export function undoAll(undos: readonly Undo[]): Undo {
  return () => {
    for (const undo of undos) undo();
  };
}

/** Gives what was made the name and the length of the original. */
export function alike<F extends object>(made: F, original: (...given: never[]) => unknown): F {
  for (const key of ['name', 'length'] as const) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor !== undefined) Object.defineProperty(made, key, descriptor);
  }
  return made;
}

/** What the program has put in our place since stays. */
function restore(holder: object, key: PropertyKey, before: PropertyDescriptor, isOurs: (now: PropertyDescriptor) => boolean): void {
  const now = Object.getOwnPropertyDescriptor(holder, key);
  if (now !== undefined && now.configurable === true && isOurs(now)) Object.defineProperty(holder, key, before);
}

function nothing(): void {
  // There was nothing to replace.
}
