/**
 * Runs inside the program: says where functions stand that wait for given promises. Its text is sent
 * there, so it may use nothing from outside itself.
 *
 * A heap id leads to its object only by a walk over the whole heap, so each suspended function cannot
 * be asked for by its id. But V8 extends the stack of a reaction by the functions that await
 * the promise which the reaction is to settle. So a reaction takes its stack, whose result is followed by
 * one that claims to settle the awaited promise. Nothing is attached to that promise, and nothing settles it.
 *
 * @see {@link https://v8.dev/blog/fast-async#improved-developer-experience}
 */

/** Where a function is suspended. Line and column from 1. */
export interface AwaitFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Inspect = (value: unknown, options: object) => string;

export interface AwaitWalker {
  /** Those that are pending; no more than `most`. */
  readonly pending: (promises: readonly unknown[], most: number) => readonly unknown[];
  /** Takes the stacks for the promises at these places of the list. They are there when the call is over. */
  readonly walk: (promises: readonly unknown[], places: readonly number[]) => void;
  /** In the order that was asked for. Null: nobody waits, or more than one does. */
  readonly take: () => readonly (AwaitFrame | null)[];
}

export function makeAwaitWalker({ inspect }: { readonly inspect: Inspect }): AwaitWalker {
  const options = { customInspect: false, depth: 0, maxArrayLength: 0, maxStringLength: 0, compact: true };
  let frames: (AwaitFrame | null)[] = [];

  /** As V8 has them, whatever the program makes of stacks. */
  const capture = (): readonly NodeJS.CallSite[] => {
    const kept = (['prepareStackTrace', 'stackTraceLimit'] as const).map((key) => [key, Object.getOwnPropertyDescriptor(Error, key)] as const);
    const holder: { stack?: unknown } = {};
    try {
      Object.defineProperty(Error, 'prepareStackTrace', { value: (_: unknown, sites: unknown) => sites, configurable: true, writable: true });
      Object.defineProperty(Error, 'stackTraceLimit', { value: 10, configurable: true, writable: true });
      Error.captureStackTrace(holder);
      return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
    } finally {
      for (const [key, descriptor] of kept) {
        if (descriptor === undefined) Reflect.deleteProperty(Error, key);
        else Object.defineProperty(Error, key, descriptor);
      }
    }
  };
  const firstAsync = (): AwaitFrame | null => {
    const site = capture().find((each) => (each as NodeJS.CallSite & { isAsync: () => boolean }).isAsync());
    const line = site?.getLineNumber() ?? 0;
    if (site === undefined || line === 0) return null;
    return { function: site.getFunctionName() ?? '', file: site.getScriptNameOrSourceURL() ?? '', line, column: site.getColumnNumber() ?? 1 };
  };
  const claim = (awaited: unknown, take: () => void): void => {
    const taken = Promise.resolve().then(take);
    const claimant = function (executor: (resolve: () => void, reject: () => void) => void): unknown {
      executor(() => undefined, () => undefined);
      return awaited;
    };
    Reflect.defineProperty(taken, 'constructor', { value: { [Symbol.species]: claimant } });
    void taken.then();
  };

  return {
    pending: (promises, most) => {
      const found: unknown[] = [];
      for (const each of promises) {
        if (found.length === most) break;
        if (inspect(each, options).includes('<pending>')) found.push(each);
      }
      return found;
    },
    walk: (promises, places) => {
      frames = places.map(() => null);
      for (const [index, place] of places.entries()) {
        claim(promises[place], () => {
          frames[index] = firstAsync();
        });
      }
    },
    take: () => frames,
  };
}
