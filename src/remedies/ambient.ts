/** What the code that runs now is a part of: the innermost group of tasks, wherever it was opened. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RunningTask } from './errors.ts';

/** Something that must be closed by whoever runs in the group, at its end at the latest. */
export interface Closable {
  readonly what: string;
  close(): Promise<void>;
}

/** A task of a group: what runs between its start and its end. */
export interface Unit {
  readonly name: string;
  /** `performance.now()`. */
  readonly startedAt: number;
  readonly shielded: boolean;
  /** Whose `stack` begins with the place where it was started. */
  readonly origin: { readonly stack?: string } | undefined;
}

/** What others may do with a group. No class: two copies of this package may meet in one program. */
export interface Group {
  readonly path: string;
  /** The group that it was opened in. */
  readonly outer: Group | undefined;
  /** How many groups it lies in, itself included. */
  readonly depth: number;
  /** What the tracker knows its scope by. Absent without it. */
  readonly scope: object | undefined;
  /** On the clock of `performance.now()`; Infinity: none. */
  readonly deadlineAt: number;
  /** What it was cancelled for. Absent: it was not. */
  readonly cancelled: { readonly reason: unknown } | undefined;
  readonly nested: Set<Group>;
  readonly open: Set<Closable>;
  /** Tasks with their ends; these never reject. */
  readonly units: ReadonlyMap<Unit, Promise<unknown>>;
  onCancel(tell: (reason: unknown) => void): () => void;
}

export interface Ambient {
  readonly group: Group;
  /** Absent: the group's own body. */
  readonly unit: Unit | undefined;
}

const KEY = Symbol.for('scope-trace.ambient.1');
type Holder = { [KEY]?: AsyncLocalStorage<Ambient> };

/** One for all copies of this package in the program, ES module or CommonJS. */
const storage = keep();

function keep(): AsyncLocalStorage<Ambient> {
  const holder = globalThis as Holder;
  const kept = holder[KEY];
  if (kept !== undefined) return kept;
  const made = new AsyncLocalStorage<Ambient>();
  Object.defineProperty(holder, KEY, { value: made, configurable: true });
  return made;
}

export function ambient(): Ambient | undefined {
  return storage.getStore();
}

export function runIn<Result>(within: Ambient, fn: () => Result): Result {
  return storage.run(within, fn);
}

/** Everything that has not ended in the group and in those inside it, but for `except` and what it opened. */
export function runningIn(group: Group, except?: Unit): RunningTask[] {
  const now = performance.now();
  const own = [...group.units.keys()].filter((unit) => unit !== except).map((unit) => describe(group, unit, now));
  return [...own, ...[...group.nested].flatMap((inner) => runningIn(inner))];
}

function describe({ path }: Group, unit: Unit, now: number): RunningTask {
  const { name, shielded } = unit;
  const place = placeOf(unit);
  const task = { name, path: `${path} › ${name}`, forMs: now - unit.startedAt, shielded };
  return place === undefined ? task : { ...task, place };
}

/** The first line of the stack that is the caller's. */
function placeOf({ origin }: Unit): string | undefined {
  const lines = typeof origin?.stack === 'string' ? origin.stack.split('\n') : [];
  return lines.map((line) => /^\s+at (.*)/.exec(line)?.[1]).find((at) => at !== undefined);
}
