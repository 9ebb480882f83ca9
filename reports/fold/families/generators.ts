/** What the recording says of async generators. */
import type { GeneratorAdvanced, GeneratorClosed, GeneratorLeft, GeneratorYielded, SiteId, TraceRecord } from '../../../tracker/protocol.ts';
import type { Moment, Scope, Task } from '../../model.ts';
import type { Family, FoldContext } from '../family.ts';

/** Something that a task did to a generator. `certain` speaks of the task's identity. */
export interface GeneratorEvent extends Moment {
  readonly task: Task;
  readonly certain: boolean;
  /** Where. Absent when that was not seen. */
  readonly from?: SiteId;
  /** Entered by the generator's body before, and open then. */
  readonly scopes: readonly Scope[];
}

/** It was suspended at `at`, in the function that starts at `body`. */
export interface GeneratorStop extends GeneratorEvent {
  readonly at: SiteId;
  readonly body: SiteId;
}

export interface GeneratorClosing extends GeneratorStop {
  readonly how: 'return' | 'throw';
}

export interface GeneratorLeaving extends GeneratorStop {
  readonly how: 'collected' | 'drained' | 'blocked';
}

/** Only those of which something may matter are recorded. */
export interface Generator {
  /** The first step of each call that advanced it, in order. */
  readonly advances: readonly GeneratorEvent[];
  /** By calls that had not advanced it, while it was suspended at a `yield`. */
  readonly closings: readonly GeneratorClosing[];
  /** Nobody can go on with it. Absent: it ended, or that is not known. `task` advanced it last. */
  readonly left?: GeneratorLeaving;
}

export interface GeneratorYield extends Moment {
  readonly at?: SiteId;
}

export interface Generators {
  readonly all: readonly Generator[];
  /** The first yield of a generator's body with this scope open, which the body had entered. */
  readonly yields: ReadonlyMap<Scope, GeneratorYield>;
}

interface Growing {
  readonly advances: GeneratorEvent[];
  readonly closings: GeneratorClosing[];
  left?: GeneratorLeaving;
}

type GeneratorsRecord = GeneratorAdvanced | GeneratorClosed | GeneratorLeft | GeneratorYielded;

export const generators: Family<Generators> = () => {
  const records: { readonly order: number; readonly record: GeneratorsRecord }[] = [];
  return {
    add(record, order) {
      if (!isGenerators(record)) return false;
      records.push({ order, record });
      return true;
    },
    finish(context) {
      const all = new Map<number, Growing>();
      const yields = new Map<Scope, GeneratorYield>();
      for (const { order, record } of records) {
        if (record.kind === 'generator-yielded') addYield(yields, record, order, context);
        else addEvent(growing(all, record.generator), record, order, context);
      }
      return { all: [...all.values()], yields };
    },
  };
};

function isGenerators(record: TraceRecord): record is GeneratorsRecord {
  return record.kind.startsWith('generator-');
}

function growing(all: Map<number, Growing>, id: number): Growing {
  let generator = all.get(id);
  if (generator === undefined) all.set(id, (generator = { advances: [], closings: [] }));
  return generator;
}

function addYield(
  yields: Map<Scope, GeneratorYield>, record: GeneratorYielded, order: number, { scopes }: FoldContext,
): void {
  const scope = scopes.get(record.scope);
  if (scope === undefined || yields.has(scope)) return;
  yields.set(scope, { order, atMs: record.atMs, ...(record.at === undefined ? {} : { at: record.at }) });
}

function addEvent(
  generator: Growing, record: Exclude<GeneratorsRecord, GeneratorYielded>, order: number, { index, scopes }: FoldContext,
): void {
  const event: GeneratorEvent = {
    ...index.of(record.call),
    ...(record.from === undefined ? {} : { from: record.from }),
    scopes: record.scopes.map((id) => scopes.get(id)).filter((scope) => scope !== undefined),
    order,
    atMs: record.atMs,
  };
  if (record.kind === 'generator-advanced') generator.advances.push(event);
  else if (record.kind === 'generator-closed') generator.closings.push({ ...event, how: record.how, at: record.at, body: record.body });
  else generator.left ??= { ...event, how: record.how, at: record.at, body: record.body };
}
