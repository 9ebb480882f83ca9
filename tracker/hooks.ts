/** Puts the hooks in force, each Node line by its cheapest way, and takes them out again. */
import { promiseHooks } from 'node:v8';
import { watchCallbacks } from './callbacks.ts';
import { isCalledByNode } from './frames.ts';
import { nodeBinding } from './node-binding.ts';
import { onAfter, onBefore, onInit, onSettled } from './promise-hooks.ts';

/** `createHook({ trackPromises: false })`: https://github.com/nodejs/node/pull/61415 */
function canLeavePromises(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 25 || (major === 25 && minor >= 6) || (major === 24 && minor >= 14);
}

interface AsyncWrapBinding {
  readonly async_hook_fields: Readonly<Record<number, number>>;
  readonly constants: { readonly kTotals: number };
  setPromiseHooks(
    init: typeof onInit | undefined, before: typeof onBefore | undefined,
    after: typeof onAfter | undefined, settled: typeof onSettled | undefined,
  ): void;
}

/** The hooks that are in force. */
export interface Hooks {
  /** Takes those of promises out; callbacks are still seen. */
  pause(): void;
  resume(): void;
  /** Takes all of them out for good. */
  remove(): void;
}

export function install(caveats: string[]): Hooks {
  const callbacks = watchCallbacks();
  let stop = createHook();
  const replacing = canLeavePromises() ? null : (nodeBinding('async_wrap') as AsyncWrapBinding | undefined);
  if (replacing === undefined) {
    caveats.push('Promises are tracked twice on this Node version, so the program runs slower than need be.');
  }
  const alone = replacing ? new Alone(replacing) : null;
  alone?.replace();
  return {
    pause: () => {
      const shared = alone?.isShared() === true || isCalledByNode();
      stop();
      if (!shared) alone?.clear();
    },
    resume: () => {
      const shared = alone?.isShared() === true || alone?.isInForce() === true;
      stop = createHook();
      if (!shared) alone?.replace();
    },
    remove: () => {
      callbacks.disable();
      stop();
    },
  };
}

/** Returns what takes it out. */
function createHook(): () => void {
  const hook = { init: onInit, before: onBefore, after: onAfter, settled: onSettled };
  return promiseHooks.createHook(hook) as unknown as () => void;
}

/**
 * Enabling async_hooks makes Node track every promise by hooks of its own, at several times the
 * cost, although nobody here asks for them. Ours alone are put in force; Node composes both again
 * by itself as soon as the program (or its AsyncLocalStorage) needs them.
 */
class Alone {
  readonly #binding: AsyncWrapBinding;
  /** Hooks of `async_hooks` when all of them are ours. */
  readonly #ours: number;

  constructor(binding: AsyncWrapBinding) {
    this.#binding = binding;
    this.#ours = this.#count();
  }

  replace(): void {
    this.#binding.setPromiseHooks(onInit, onBefore, onAfter, onSettled);
  }

  /** No hooks are in force, not even those that Node has put there for ours. */
  clear(): void {
    this.#binding.setPromiseHooks(undefined, undefined, undefined, undefined);
  }

  /** Whether the program uses `async_hooks`, or its AsyncLocalStorage does: Node's hooks must stay. */
  isShared(): boolean {
    return this.#count() !== this.#ours;
  }

  /** While ours are out: whether Node's are in force, because the program asks for promise hooks. */
  isInForce(): boolean {
    return Object.getOwnPropertySymbols(new NativePromise(() => undefined)).length > 0;
  }

  #count(): number {
    const { async_hook_fields: fields, constants } = this.#binding;
    return fields[constants.kTotals] ?? 0;
  }
}

/** The program may put another one in its place. */
const NativePromise = Promise;
