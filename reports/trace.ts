/**
 * The fold: records in, trace out. It takes recordings as they are found: cut anywhere, with
 * records of kinds it does not know and references to things that were never announced.
 */
import type { ProgramId, TraceRecord } from '../tracker/protocol.ts';
import { createFamilies, type FamiliesFold } from './fold/families/index.ts';
import { addRecord, createFacts, type Facts } from './fold/facts.ts';
import { foldScopes } from './fold/scopes.ts';
import { indexTasks, linkSpawnScopes, type GrowingTask } from './fold/tasks.ts';
import type { Losses, ProgramTrace, SessionTrace, TraceCounts } from './model.ts';

/** Folds records one by one, for readers that cannot hold a recording in memory. */
export interface Fold {
  add(record: TraceRecord): void;
  /** The trace so far. More may be added after it. */
  finish(): ProgramTrace;
}

/** @param id for a recording that lost its first line; otherwise the line says it. */
export function createFold(id: ProgramId = ''): Fold {
  const facts = createFacts();
  const families = createFamilies();
  return {
    add: (record) => {
      const isFamilys = families.add(record, facts.records);
      addRecord(facts, record, isFamilys);
    },
    finish: () => finish(facts, families, id),
  };
}

export function foldProgram(records: Iterable<TraceRecord>, id: ProgramId = ''): ProgramTrace {
  const fold = createFold(id);
  for (const record of records) fold.add(record);
  return fold.finish();
}

/** Puts the programs of a session in the order they were started, parents first. */
export function foldSession(programs: Iterable<ProgramTrace>): SessionTrace {
  const waiting = [...programs].sort((a, b) => startOf(a) - startOf(b));
  const children = new Map<ProgramId | undefined, ProgramTrace[]>();
  const present = new Set(waiting.map((program) => program.id));
  for (const program of waiting) {
    const parent = program.started?.parent;
    const key = parent !== undefined && present.has(parent) ? parent : undefined;
    const siblings = children.get(key);
    if (siblings === undefined) children.set(key, [program]);
    else siblings.push(program);
  }
  const ordered = new Set<ProgramTrace>(children.get(undefined) ?? []);
  for (const program of ordered) for (const child of children.get(program.id) ?? []) ordered.add(child);
  // Programs that name each other as parents belong nowhere, yet they must not be lost.
  for (const program of waiting) ordered.add(program);
  return { programs: [...ordered] };
}

function startOf(program: ProgramTrace): number {
  return program.started?.startedAtEpochMs ?? Number.MAX_SAFE_INTEGER;
}

function finish(facts: Facts, families: FamiliesFold, id: ProgramId): ProgramTrace {
  const index = indexTasks(facts);
  const { scopes, dangling, inferredJoins } = foldScopes(facts, index);
  linkSpawnScopes(facts, index.tasks, scopes);
  const strangers = index.tasks.filter((task) => task.origin === 'unknown').length;
  const losses = lossesOf(facts, dangling + strangers);
  endMain(facts, index.tasks[0]);
  return {
    id: facts.started?.program ?? id,
    ...(facts.started === undefined ? {} : { started: facts.started }),
    ...(facts.ended === undefined ? {} : { ended: facts.ended }),
    tasks: index.tasks,
    scopes: [...scopes.values()],
    sites: facts.sites,
    sourceMaps: facts.sourceMaps,
    inferredJoins,
    counts: countsOf(facts, index.tasks.length, scopes.size),
    caveats: [...(facts.started?.caveats ?? []), ...facts.caveats],
    losses,
    lastAtMs: facts.lastAtMs,
    complete: facts.ended !== undefined && losses.since === undefined,
    ...families.finish({ index, scopes, calls: facts.calls }),
  };
}

/** The main task ends when nothing is left to do, not when its script has run. */
function endMain(facts: Facts, main: GrowingTask | undefined): void {
  if (main === undefined) return;
  delete main.ended;
  if (facts.ended?.how !== 'drained' || main.pending !== undefined) return;
  main.ended = { order: facts.records, atMs: facts.ended.atMs };
}

function lossesOf(facts: Facts, dangling: number): Losses {
  const dropped = facts.counted?.dropped ?? 0;
  const dropsFrom = dropped > 0 ? facts.soundUntil : Number.POSITIVE_INFINITY;
  const since = Math.min(dropsFrom, facts.stoppedAt ?? Number.POSITIVE_INFINITY);
  return {
    dropped,
    ...(facts.stopped === undefined ? {} : { stopped: facts.stopped }),
    failures: facts.failures,
    unknownRecords: facts.unknownRecords,
    dangling,
    ...(Number.isFinite(since) ? { since } : {}),
  };
}

function countsOf(facts: Facts, tasks: number, scopes: number): TraceCounts {
  return {
    tasks: Math.max(tasks, facts.counted?.tasks ?? 0),
    inferredTasks: facts.counted?.inferredTasks ?? 0,
    scopes: Math.max(scopes, facts.counted?.scopes ?? 0),
    records: facts.records,
  };
}
