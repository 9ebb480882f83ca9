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

/** Where a function is suspended. Line and column from 1; 0: a `Promise.all` or the like stands here, which has no line. */
export interface AwaitFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface AwaitChains {
  readonly chains: readonly (readonly AwaitFrame[])[];
  readonly of: readonly number[];
}

export interface PromiseCounts {
  readonly pending: number;
  /** How many were looked at. */
  readonly seen: number;
  readonly all: number;
}

type Inspect = (value: unknown, options: object) => string;

export interface AwaitWalker {
  /** Those that are pending; no more than `most`. */
  readonly pending: (promises: readonly unknown[], most: number) => readonly unknown[];
  /** How many of the first `most` are pending. */
  readonly count: (promises: readonly unknown[], most: number) => PromiseCounts;
  /** Takes the stacks for the promises at these places of the list, in microtasks: Node runs them when it will. */
  readonly walk: (promises: readonly unknown[], places: readonly number[]) => void;
  /**
   * In the order that was asked for: the function that awaits the promise, the one that awaits this one, and so on
   * outwards. An empty chain: nobody waits, or more than one does. `of`: the places of their chains, which many may share.
   */
  readonly take: () => AwaitChains;
  /** How many of the stacks have not been taken yet. */
  readonly left: () => number;
}

export function makeAwaitWalker({ inspect }: { readonly inspect: Inspect }): AwaitWalker {
  const options = { customInspect: false, depth: 0, maxArrayLength: 0, maxStringLength: 0, compact: true };
  const MOST_FRAMES = 30;
  let frames: (readonly AwaitFrame[])[] = [];
  let left = 0;
  const isPending = (promise: unknown): boolean => inspect(promise, options).includes('<pending>');

  /** As V8 has them, whatever the program makes of stacks. */
  const capture = (): readonly NodeJS.CallSite[] => {
    const kept = (['prepareStackTrace', 'stackTraceLimit'] as const).map((key) => [key, Object.getOwnPropertyDescriptor(Error, key)] as const);
    const holder: { stack?: unknown } = {};
    try {
      Object.defineProperty(Error, 'prepareStackTrace', { value: (_: unknown, sites: unknown) => sites, configurable: true, writable: true });
      Object.defineProperty(Error, 'stackTraceLimit', { value: MOST_FRAMES, configurable: true, writable: true });
      Error.captureStackTrace(holder);
      return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
    } finally {
      for (const [key, descriptor] of kept) {
        if (descriptor === undefined) Reflect.deleteProperty(Error, key);
        else Object.defineProperty(Error, key, descriptor);
      }
    }
  };
  const asyncFrames = (): AwaitFrame[] =>
    capture().filter((each) => (each as NodeJS.CallSite & { isAsync: () => boolean }).isAsync()).map((site) => ({
      function: site.getFunctionName() ?? '',
      file: site.getScriptNameOrSourceURL() ?? '',
      line: site.getLineNumber() ?? 0,
      column: site.getColumnNumber() ?? 1,
    }));
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
        if (isPending(each)) found.push(each);
      }
      return found;
    },
    walk: (promises, places) => {
      frames = places.map(() => []);
      left = places.length;
      for (const [index, place] of places.entries()) {
        claim(promises[place], () => {
          left--;
          frames[index] = asyncFrames();
        });
      }
    },
    count: (promises, most) => {
      const seen = promises.slice(0, most);
      return { pending: seen.filter(isPending).length, seen: seen.length, all: promises.length };
    },
    left: () => left,
    take: () => {
      const places = new Map<string, number>();
      const chains: (readonly AwaitFrame[])[] = [];
      const of = frames.map((chain) => {
        const key = chain.map((frame) => `${frame.function}\n${frame.file}:${frame.line}:${frame.column}`).join('\n');
        const known = places.get(key);
        if (known !== undefined) return known;
        places.set(key, chains.length);
        return chains.push(chain) - 1;
      });
      return { chains, of };
    },
  };
}
