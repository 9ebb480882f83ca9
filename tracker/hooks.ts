/** Puts the hooks in force, each Node line by its cheapest way, and takes them out again. */
import { promiseHooks } from 'node:v8';
import { watchCallbacks } from './callbacks.ts';
import { onAfter, onBefore, onInit, onSettled } from './promise-hooks.ts';

/** `createHook({ trackPromises: false })`: https://github.com/nodejs/node/pull/61415 */
function canLeavePromises(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 25 || (major === 25 && minor >= 6) || (major === 24 && minor >= 14);
}

interface AsyncWrapBinding {
  setPromiseHooks(
    init: typeof onInit, before: typeof onBefore, after: typeof onAfter, settled: typeof onSettled,
  ): void;
}

/** Returns what takes the hooks out. */
export function install(caveats: string[]): () => void {
  const callbacks = watchCallbacks();
  const stopPromises = promiseHooks.createHook({
    init: onInit,
    before: onBefore,
    after: onAfter,
    settled: onSettled,
  }) as unknown as () => void;
  if (!canLeavePromises() && !replacePromiseHooks()) {
    caveats.push('Promises are tracked twice on this Node version, so the program runs slower than need be.');
  }
  return () => {
    callbacks.disable();
    stopPromises();
  };
}

/**
 * Enabling async_hooks makes Node track every promise by hooks of its own, at several times the
 * cost, although nobody here asks for them. Ours alone are put in force; Node composes both again
 * by itself as soon as the program (or its AsyncLocalStorage) needs them.
 */
function replacePromiseHooks(): boolean {
  const binding = asyncWrapBinding();
  if (binding === undefined) return false;
  binding.setPromiseHooks(onInit, onBefore, onAfter, onSettled);
  return true;
}

function asyncWrapBinding(): AsyncWrapBinding | undefined {
  const wanted = process as unknown as { binding(name: string): AsyncWrapBinding };
  if (process.execArgv.includes('--pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1') return undefined;
  const silent = Object.getOwnPropertyDescriptor(process, 'noDeprecation');
  try {
    // Node warns once of this name's use; the program did not use it.
    Object.defineProperty(process, 'noDeprecation', { value: true, configurable: true });
    return wanted.binding('async_wrap');
  } catch {
    return undefined;
  } finally {
    if (silent === undefined) delete (process as { noDeprecation?: boolean }).noDeprecation;
    else Object.defineProperty(process, 'noDeprecation', silent);
  }
}
