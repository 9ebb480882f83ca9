/** What the code that runs now is a part of: the innermost group of tasks that is open, wherever it was opened. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RunningTask } from './errors.ts';
import { read } from './values.ts';

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
  /** How often it waits for the others just now. */
  draining: number;
}

/** What others may do with a group. No class: two copies of this package may meet in one program. */
export interface Group {
  readonly name: string;
  readonly path: string;
  readonly isOver: boolean;
  /** The group that it was opened in, and by which of its tasks. */
  readonly outer: Group | undefined;
  readonly openedBy: Unit | undefined;
  readonly openedAt: number;
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
  /** Resolves when it is over, whatever came of it. */
  whenOver(): Promise<void>;
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

/** What was made in a group goes on to run in its context when it is over: a server, a timer. Then those around it count. */
export function ambient(): Ambient | undefined {
  const store = storage.getStore();
  if (store === undefined || !store.group.isOver) return store;
  const group = openOnly(store.group.outer);
  return group === undefined ? undefined : { group, unit: undefined };
}

/** The group itself, or the innermost one around it that is not over. */
export function openOnly(group: Group | undefined): Group | undefined {
  let open = group;
  while (open?.isOver === true) open = open.outer;
  return open;
}

export function runIn<Result>(within: Ambient, fn: () => Result): Result {
  return storage.run(within, fn);
}

/** Everything that has not ended in the group and in those inside it, but for `except`. */
export function runningIn(group: Group, except?: Unit): RunningTask[] {
  const now = performance.now();
  const found: RunningTask[] = [];
  const groups = [group];
  for (let at = groups.pop(); at !== undefined; at = groups.pop()) {
    for (const unit of at.units.keys()) if (unit !== except) found.push(describe(at, unit, now));
    for (const inner of at.nested) {
      groups.push(inner);
      // That of a task stands for the group that it has opened.
      if (inner.openedBy === undefined) found.push(describeBody(inner, now));
    }
  }
  return found;
}

/** The function that a group was opened with. */
export function describeBody({ name, path, openedAt }: Group, now = performance.now()): RunningTask {
  return { name, path, forMs: now - openedAt, shielded: false };
}

function describe({ path }: Group, unit: Unit, now: number): RunningTask {
  const { name, shielded } = unit;
  const place = placeOf(unit);
  const task = { name, path: `${path} › ${name}`, forMs: now - unit.startedAt, shielded };
  return place === undefined ? task : { ...task, place };
}

/** The first line of the stack that is the caller's. */
function placeOf({ origin }: Unit): string | undefined {
  const stack = read(origin, 'stack');
  const lines = typeof stack === 'string' ? stack.split('\n') : [];
  return lines.map((line) => /^\s+at (.*)/.exec(line)?.[1]).find((at) => at !== undefined);
}
