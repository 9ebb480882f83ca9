/** A group of tasks that end together. Every other remedy that starts something stands on it. */
import { setMaxListeners } from 'node:events';
import { isHeard } from '../library/announcements.ts';
import { Scope } from '../library/scope.ts';
import { task } from '../library/task.ts';
import { ambient, describeBody, openOnly, runIn, runningIn, type Closable, type Group, type Unit } from './ambient.ts';
import { checkFunction } from './checks.ts';
import { CancelledError, StillRunningError, TimeoutError, type RunningTask } from './errors.ts';
import { checkGroup, type BodyOutcome, type TaskGroupOptions, type Ways } from './group-options.ts';
import { onAbort } from './on-abort.ts';
import { Patience } from './patience.ts';
import { RunningUnit } from './running-unit.ts';
import { spread } from './spread.ts';
import { callAt } from './timer.ts';
import { say, tellsOf } from './values.ts';

/** What a function that runs in a group is given. */
export type TaskFunction<Result> = (group: TaskGroup) => Result | PromiseLike<Result>;

/** Its name, which may be left out, and what it runs. */
export interface Start {
  <Result>(name: string, fn: TaskFunction<Result>): Promise<Result>;
  <Result>(fn: TaskFunction<Result>): Promise<Result>;
}

const nothing = (): void => undefined;

/** So many nested groups begin their bodies at once, without a turn of the microtasks between. */
const AT_ONCE = 100;

/** Made by {@link taskGroup} and the others; a function that runs in one is given it. Its methods may be taken off it. */
export class TaskGroup implements Group {
  readonly name: string;
  readonly openedBy: Unit | undefined;
  readonly depth: number;
  /** On the clock of `performance.now()`. */
  readonly openedAt = performance.now();
  readonly deadlineAt: number;
  // Most groups need few of these, and a busy program opens many groups.
  #nested: Set<Group> | undefined;
  #open: Set<Closable> | undefined;
  #units: Map<Unit, Promise<unknown>> | undefined;
  #listeners: Set<(reason: unknown) => void> | undefined;
  #errors: unknown[] | undefined;
  readonly #patience: Patience | undefined;
  readonly #releases: (() => void)[] = [];
  #cancelled: { readonly reason: unknown } | undefined;
  #controller: AbortController | undefined;
  #outer: Group | undefined;
  #cutShort = false;
  #ended = false;
  #scope: Scope | undefined;
  #isOwnWish = false;
  #boundStart: Start | undefined;
  #boundShield: TaskGroup['shield'] | undefined;
  #boundCancel: TaskGroup['cancel'] | undefined;

  /** Not to be called by programs: see {@link taskGroup}. */
  constructor(name: string, options: Omit<TaskGroupOptions, 'name'>, ways: Ways) {
    // Read one by one: an AbortController may stand for options, and its signal is not its own property.
    const { signal, timeout = Infinity, closeTimeout } = options;
    const within = ambient();
    const outer = within?.group;
    this.name = name;
    this.#outer = outer;
    this.openedBy = within?.unit;
    this.depth = (outer?.depth ?? 0) + 1;
    this.#patience = closeTimeout === undefined ? undefined : new Patience(closeTimeout, (ms) => this.#stillRunning(ms));
    const outerDeadline = outer === undefined || ways.shielded === true ? Infinity : outer.deadlineAt;
    const deadlineAt = this.openedAt + timeout;
    this.deadlineAt = Math.min(deadlineAt, outerDeadline);
    // Also when the outer one comes first: that group may end before this one.
    if (deadlineAt !== Infinity) {
      this.#releases.push(callAt(deadlineAt, () => { this.#timeOut(timeout, ways); }));
    }
    if (outer !== undefined) this.#joinOuter(outer, ways.shielded === true);
    if (signal !== undefined) this.#obey(signal);
  }

  /** Aborted when the group is cancelled. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      // As many tasks as it has may listen.
      setMaxListeners(0, this.#controller.signal);
      if (this.#cancelled !== undefined) this.#controller.abort(this.#cancelled.reason);
    }
    return this.#controller.signal;
  }

  /** Without those that are over: what a group leaves behind may open others for ever. */
  get outer(): Group | undefined {
    return (this.#outer = openOnly(this.#outer));
  }

  /** Its name behind the names of those around it: `import › rows`. */
  get path(): string {
    const names = [this.name];
    for (let group = this.outer; group !== undefined; group = group.outer) names.push(group.name);
    return names.reverse().join(' › ');
  }

  get isOver(): boolean {
    return this.#ended;
  }

  /** Whether a task or the body has failed, rather than been cancelled. */
  get hasFailed(): boolean {
    return this.#errors !== undefined;
  }

  get scope(): object | undefined {
    return this.#scope;
  }

  get cancelled(): { readonly reason: unknown } | undefined {
    return this.#cancelled;
  }

  /** Milliseconds until the group is cancelled; Infinity without a deadline. */
  get remainingMs(): number {
    return Math.max(0, this.deadlineAt - performance.now());
  }

  /** What has not ended yet, also in groups that were opened inside. */
  get running(): readonly RunningTask[] {
    return runningIn(this);
  }

  get nested(): Set<Group> {
    return (this.#nested ??= new Set());
  }

  get open(): Set<Closable> {
    return (this.#open ??= new Set());
  }

  get units(): Map<Unit, Promise<unknown>> {
    return (this.#units ??= new Map());
  }

  /**
   * Starts a task. The group does not end before it; when it fails, the group is cancelled and fails, too.
   *
   * @returns what the task returns. Nobody needs to wait for it: what it fails with, the group fails with
   * @throws {Error} when the group has ended
   */
  get start(): Start {
    return (this.#boundStart ??= this.#start.bind(this));
  }

  /**
   * Runs something that a cancellation of this group, or of those around it, does not reach. Whoever cancels
   * still waits for it, and it stands in {@link running} as shielded. It has a group of its own.
   */
  get shield(): <Result>(name: string, fn: TaskFunction<Result>) => Promise<Result> {
    return (this.#boundShield ??= this.#shield.bind(this));
  }

  /**
   * Cancels what runs in the group. When its body has returned by the time all has ended, its value counts;
   * otherwise the group rejects with the reason.
   */
  get cancel(): (reason?: unknown) => void {
    return (this.#boundCancel ??= (reason = new CancelledError(`${this.name} was cancelled`)) => { this.#cancel(reason, true); });
  }

  onCancel(tell: (reason: unknown) => void): () => void {
    if (this.#cancelled !== undefined) {
      tell(this.#cancelled.reason);
      return nothing;
    }
    const listeners = (this.#listeners ??= new Set());
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  /** Runs the body, and all that it starts, to its end. Called once. */
  async host<Result>(fn: TaskFunction<Result>, ways: Ways): Promise<Result> {
    // Entered by the task that exits it.
    this.#scope = isHeard('enter') ? new Scope(ways.scopeName ?? this.name) : undefined;
    if (this.#cancelled !== undefined) this.#scope?.cancel(this.#cancelled.reason);
    const body = this.depth % AT_ONCE === 0 ? await this.#laterBody(fn) : await this.#body(fn);
    ways.onBodyEnd?.(body);
    // Nothing comes between the last look and the end.
    while (this.#isBusy) await this.#settle();
    this.#end();
    this.#throwFailures();
    if (body.fulfilled && (!this.#cutShort || ways.keepsResult === true || this.#isOwnWish)) return body.value as Result;
    throw this.#cancelled?.reason;
  }

  whenOver(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => { this.#releases.push(resolve); });
  }

  /** Groups that open each other at once would fill the stack. */
  async #laterBody<Result>(fn: TaskFunction<Result>): Promise<BodyOutcome> {
    await Promise.resolve();
    return await this.#body(fn);
  }

  async #body<Result>(fn: TaskFunction<Result>): Promise<BodyOutcome> {
    try {
      if (this.#cancelled !== undefined) throw this.#cancelled.reason;
      const value = await this.#withinPatience(runIn({ group: this, unit: undefined }, () => fn(this)));
      return { fulfilled: true, cancelled: false, value };
    } catch (error) {
      const isCause = this.#errors === undefined;
      this.#fail(error);
      // Cancelled because a task had failed: that failure is what became of it.
      if (!isCause) return { fulfilled: false, cancelled: false, error: this.#errors?.[0] };
      return { fulfilled: false, cancelled: this.#errors === undefined, error };
    }
  }

  get #isBusy(): boolean {
    if (this.#patience?.isOver === true) return false;
    return this.#hasUnits || (this.#open?.size ?? 0) > 0 || (this.#nested?.size ?? 0) > 0;
  }

  /** What is closed may start another task, and that one begin to read. */
  async #settle(): Promise<void> {
    const ends = [...(this.#units?.values() ?? []), ...[...(this.#nested ?? [])].map((inner) => inner.whenOver())];
    const closes = ends.length > 0 ? [] : [...(this.#open ?? [])].map((one) => this.#close(one));
    try {
      await this.#withinPatience(Promise.all([...ends, ...closes]));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Guarded iterators that nobody has closed. Called at once, so that it is the group's own task that closes them. */
  #close(closable: Closable): Promise<void> {
    return runIn({ group: this, unit: undefined }, () => closable.close()).catch((error: unknown) => { this.#fail(error, true); });
  }

  get #hasUnits(): boolean {
    return this.#units !== undefined && this.#units.size > 0;
  }

  /** The same promise, as long as nothing bounds the wait for what was cancelled. */
  #withinPatience<Value>(promise: Value | PromiseLike<Value>): Value | PromiseLike<Value> {
    return this.#patience === undefined ? promise : this.#patience.within(promise);
  }

  #stillRunning(ms: number): StillRunningError {
    const { reason } = this.#cancelled ?? {};
    const running = this.running.length > 0 ? this.running : [describeBody(this)];
    const what = `${this.path} was cancelled, and ${ms} ms later`;
    return new StillRunningError(what, running, reason);
  }

  #start<Result>(nameOrFn: string | TaskFunction<Result>, given?: TaskFunction<Result>): Promise<Result> {
    const fn = typeof nameOrFn === 'function' ? nameOrFn : given;
    checkFunction('start', fn);
    const name = typeof nameOrFn === 'function' ? nameOrFn.name : nameOrFn;
    return this.#begin(name === '' ? 'task' : name, false, this.#start, fn as TaskFunction<Result>);
  }

  #shield<Result>(name: string, fn: TaskFunction<Result>): Promise<Result> {
    checkFunction('shield', fn);
    const run = (): Promise<Result> => runGroup(name, fn, {}, { shielded: true });
    return this.#begin(name, true, this.#shield, run);
  }

  #begin<Result>(name: string, shielded: boolean, below: (...args: never[]) => unknown, fn: TaskFunction<Result>): Promise<Result> {
    if (this.#ended) {
      throw new Error(`Task ${name} cannot be started: ${this.path} has ended. Start it before, or in a group that is still open.`);
    }
    const unit = new RunningUnit(name, shielded, below);
    const result = this.#runUnit(unit, fn);
    const end = result.then(nothing, nothing);
    if (!unit.ended) this.units.set(unit, end);
    return result;
  }

  async #runUnit<Result>(unit: RunningUnit, fn: TaskFunction<Result>): Promise<Result> {
    try {
      if (this.#cancelled !== undefined && !unit.shielded) throw this.#cancelled.reason;
      return await task(unit.name, () => runIn({ group: this, unit }, () => fn(this)));
    } catch (error) {
      this.#fail(error, unit.shielded);
      throw error;
    } finally {
      unit.ended = true;
      this.units.delete(unit);
    }
  }

  /** @param strict - of something that the cancellation does not reach: only what says that it did is taken for that */
  #fail(error: unknown, strict = false): void {
    if (this.#cancelled !== undefined && tellsOf(error, this.#cancelled.reason, strict)) {
      this.#cutShort = true;
      return;
    }
    const errors = (this.#errors ??= []);
    if (errors.includes(error)) return;
    errors.push(error);
    if (this.#cancelled === undefined) {
      this.#cancel(new CancelledError(`${this.name} was cancelled because a task of it failed`, { cause: error }));
    }
  }

  #cancel(reason: unknown, isOwnWish = false): void {
    if (this.#cancelled !== undefined || this.#ended) return;
    this.#cancelled = { reason };
    this.#isOwnWish = isOwnWish;
    this.#scope?.cancel(reason);
    if (this.#patience !== undefined) this.#releases.push(this.#patience.begin());
    spread(() => {
      this.#controller?.abort(reason);
      for (const tell of [...(this.#listeners ?? [])]) tell(reason);
    });
  }

  #timeOut(ms: number, { onTimeout }: Ways): void {
    if (this.#cancelled !== undefined) return;
    const error = new TimeoutError(ms, this.name);
    onTimeout?.(error);
    this.#cancel(error);
  }

  #joinOuter(outer: Group, shielded: boolean): void {
    outer.nested.add(this);
    this.#releases.push(() => outer.nested.delete(this));
    if (!shielded) this.#releases.push(outer.onCancel((reason) => { this.#cancel(reason); }));
  }

  #obey(signal: AbortSignal): void {
    if (signal.aborted) this.#cancel(signal.reason);
    else this.#releases.push(onAbort(signal, () => { this.#cancel(signal.reason); }));
  }

  #throwFailures(): void {
    const errors = this.#errors;
    if (errors === undefined) return;
    const [first] = errors;
    if (errors.length === 1) throw first;
    throw new AggregateError(errors, `${errors.length} tasks of ${this.name} failed, the first with: ${say(first)}`, { cause: first });
  }

  #end(): void {
    this.#ended = true;
    for (const release of this.#releases) release();
    if (this.#scope?.exited === false) this.#scope.exit();
  }
}

/** Opens a group, runs `fn` in it as its body, and waits for all that was started. */
export function runGroup<Result>(
  name: string, fn: TaskFunction<Result>, options: Omit<TaskGroupOptions, 'name'>, ways: Ways = {},
): Promise<Result> {
  return new TaskGroup(name, options, ways).host(fn, ways);
}

/**
 * Runs `fn` with a group in which it starts tasks. Returns what `fn` returns, when all of them have ended.
 * The first failure cancels the others.
 *
 * @throws what the body or a task failed with; an `AggregateError` of several, the first cause first
 * @throws {TimeoutError} when time was up before all had ended
 * @throws the reason, when the signal or the outer group was cancelled before all had ended
 */
export async function taskGroup<Result>(fn: TaskFunction<Result>, options: TaskGroupOptions = {}): Promise<Result> {
  checkGroup('taskGroup', fn, options);
  return runGroup(options.name ?? 'task group', fn, options);
}
