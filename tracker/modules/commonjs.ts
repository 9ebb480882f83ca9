/**
 * Sees CommonJS modules after their evaluation, from outside of it: no frame of ours stands in a stack
 * while they run, and Node's own frames keep their names.
 *
 * A module is made with `loaded = false`, and gets `true` once its code has run: an accessor on the
 * prototype sees the first. On a module that is watched an accessor of its own sees the second.
 * https://github.com/nodejs/node/blob/v24.0.0/lib/internal/modules/cjs/loader.js
 */
import { Module } from 'node:module';
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import type { ModuleObserver, ReplaceExport } from './observer.ts';

export function observeCommonJs({ isWatched, tell }: Pick<ModuleObserver<unknown>, 'isWatched' | 'tell'>): Undo {
  const prototype: object = Module.prototype;
  if ('loaded' in prototype) return () => undefined;
  const note = guarded((module: object): void => {
    // Its path, but for the main script.
    const id: unknown = Object.getOwnPropertyDescriptor(module, 'id')?.value;
    if (typeof id !== 'string' || !isWatched(id)) return;
    awaitLoaded(module, (exports) => { tell(id, exports, replacer(module)); });
  });
  Object.defineProperty(prototype, 'loaded', {
    configurable: true,
    set(this: unknown, value: unknown) {
      setOwn(this, value);
      if (value === false && this !== prototype) note(this as object);
    },
  });
  return () => {
    Reflect.deleteProperty(prototype, 'loaded');
  };
}

/** Who requires the module gets what stands there by then. */
function replacer(module: object): ReplaceExport {
  return (name, value) => {
    const descriptor = Object.getOwnPropertyDescriptor(module, 'exports');
    if (name !== 'default' || descriptor?.writable !== true) return false;
    Object.defineProperty(module, 'exports', { ...descriptor, value });
    return true;
  };
}

/** As an assignment does where nothing is inherited. */
function setOwn(holder: unknown, value: unknown): void {
  Object.defineProperty(holder, 'loaded', { value, writable: true, enumerable: true, configurable: true });
}

function awaitLoaded(module: object, tell: (exports: unknown) => void): void {
  Object.defineProperty(module, 'loaded', {
    configurable: true,
    enumerable: true,
    get: () => false,
    set: (value: unknown) => {
      setOwn(module, value);
      if (value === true) tell((module as { readonly exports?: unknown }).exports);
    },
  });
}
