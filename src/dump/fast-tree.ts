/** Who waits for whom, put together without the heap: ids are below 0, because no object of the heap is known by them. */
import { nameHandle } from '../../reports/index.ts';
import type { ObjectId, PendingPromise, Place, WaitingTask } from '../../reports/index.ts';
import type { InspectedSite, InspectedWait } from '../../tracker/protocol.ts';
import type { AwaitFrame } from './inspector/await-frames.ts';
import type { Resolve } from './places.ts';
import { toTracked } from './tracked.ts';

type Chain = readonly AwaitFrame[];

/** A function that is suspended at a line, or a `Promise.all` and the like, and what is awaited below it. */
interface Step {
  readonly frame: AwaitFrame;
  readonly inner: Map<string, Step>;
}

export class FastTree {
  readonly tasks: WaitingTask[] = [];
  readonly promises: PendingPromise[] = [];
  readonly #resolve: Resolve;
  readonly #script: string;
  /** Lines of calls that the tracker knows, and promises that these await. */
  readonly #shown = new Set<string>();
  readonly #awaited = new Set<number>();
  #lastId = 0;

  /** @param script - the program's main script */
  constructor(resolve: Resolve, script: string) {
    this.#resolve = resolve;
    this.#script = script;
  }

  nextId(): ObjectId {
    return --this.#lastId;
  }

  /**
   * Calls that the tracker knows.
   *
   * @param chains - by the places of promises that the calls name
   */
  addCalls(calls: readonly InspectedWait[], chains: ReadonlyMap<number, Chain>): void {
    const ids = calls.map(() => this.nextId());
    calls.forEach((call, at) => {
      const frame = call.promise === undefined ? undefined : lineOf(chains.get(call.promise));
      if (call.promise !== undefined) this.#awaited.add(call.promise);
      if (frame !== undefined) this.#shown.add(keyOf(frame));
      this.#addCall(call, ids[at] ?? 0, frame, ids);
    });
  }

  #addCall(call: InspectedWait, id: ObjectId, frame: AwaitFrame | undefined, ids: readonly ObjectId[]): void {
    const { kind, internal, fn, at } = call;
    const site = frame ?? at;
    const script = kind === 'main' ? (site?.file ?? this.#script) : (site ?? fn)?.file;
    const name = kind === 'main' ? (script ?? '') : frame?.function || fn?.function || '';
    const awaits = this.nextId();
    this.tasks.push({
      id,
      kind: kind === 'main' ? 'module' : kind === 'generator' ? 'async-generator' : 'async-function',
      name,
      ...(script === undefined ? {} : { script }),
      internal,
      awaits,
      ...(site === undefined ? {} : { place: this.#place(kind === 'main' ? site : { ...site, function: name }) }),
      tracked: toTracked(call, (each) => this.#place(each)),
    });
    this.promises.push({ id: awaits, settledBy: this.#settlerOf(call, ids) });
  }

  #settlerOf({ what, on, pending, handle }: InspectedWait, ids: readonly ObjectId[]): PendingPromise['settledBy'] {
    const [only] = on;
    if (what === 'call' && only !== undefined) return { kind: 'task', task: ids[only] ?? 0 };
    if (what === 'generator' && only !== undefined) return { kind: 'step', task: ids[only] ?? 0 };
    const leads = on.map((place) => this.#add({ kind: 'task', task: ids[place] ?? 0 }));
    return { kind: 'unread', leads, what: this.#tell(what, pending, handle) };
  }

  #tell(what: InspectedWait['what'], pending = 0, handle: InspectedWait['handle']): string {
    const made = handle?.made === undefined ? undefined : this.#place(handle.made);
    if (handle !== undefined) return `${nameHandle(handle.type)}${made === undefined ? '' : ` made at ${made.file}:${made.line}:${made.column}`}`;
    if (what === undefined) return 'nothing more: it may go on at any moment';
    if (what === 'collection') return `Promise.all or allSettled, ${pending} pending`;
    if (what === 'race') return `Promise.race or any, ${pending} pending`;
    return { promise: 'a promise', then: 'a promise behind .then', call: 'a call', generator: 'an async generator' }[what];
  }

  /** What V8 tells of awaited promises, but for what the tracker has told already. */
  addChains(chains: ReadonlyMap<number, Chain>): void {
    const top = new Map<string, Step>();
    for (const [place, chain] of chains) {
      if (this.#awaited.has(place)) continue;
      const known = chain.findIndex((frame) => this.#shown.has(keyOf(frame)));
      let steps = top;
      for (const frame of (known === -1 ? chain : chain.slice(0, known)).toReversed()) {
        const key = keyOf(frame);
        let step = steps.get(key);
        if (step === undefined) steps.set(key, (step = { frame, inner: new Map() }));
        steps = step.inner;
      }
    }
    for (const step of top.values()) this.#addStep(step);
  }

  /** The promise that the step settles. */
  #addStep({ frame, inner }: Step): ObjectId {
    const leads = [...inner.values()].map((step) => this.#addStep(step));
    if (frame.line === 0) return this.#add({ kind: 'unread', leads, what: `Promise.${frame.function}` });
    const id = this.nextId();
    this.tasks.push({
      id,
      kind: 'async-function',
      name: frame.function,
      script: frame.file,
      internal: frame.file.startsWith('node:'),
      awaits: this.#add({ kind: 'unread', leads, ...(leads.length === 0 ? { what: 'a promise' } : {}) }),
      place: this.#place(frame),
    });
    return this.#add({ kind: 'task', task: id });
  }

  #add(settledBy: PendingPromise['settledBy']): ObjectId {
    const id = this.nextId();
    this.promises.push({ id, settledBy });
    return id;
  }

  #place(site: InspectedSite): Place {
    return this.#resolve({ ...site, function: site.function ?? '' });
  }
}

function lineOf(chain: Chain | undefined): AwaitFrame | undefined {
  const first = chain?.[0];
  return first === undefined || first.line === 0 ? undefined : first;
}

function keyOf({ function: name, file, line, column }: AwaitFrame): string {
  return `${name}\n${file}:${line}:${column}`;
}
