/** Everything about one thread of a program, from an open inspector. */
import type { HeldFrame, Dump, DumpProgram } from '../../reports/index.ts';
import { fillDump } from './fill.ts';
import { takeFastDump } from './fast.ts';
import { createDescriber, OBJECT_GROUP } from './inspector/describe.ts';
import { HeapObjects } from './inspector/objects.ts';
import { readLiveness } from './inspector/liveness.ts';
import type { Liveness } from './inspector/liveness.ts';
import type { Debugger } from './inspector/protocol.ts';
import { listScripts } from './inspector/scripts.ts';
import type { Scripts } from './inspector/scripts.ts';
import { NoAnswer } from './inspector/session.ts';
import type { Session } from './inspector/session.ts';
import { createResolver } from './places.ts';
import type { Resolve } from './places.ts';
import { readProgramFacts } from './program-facts.ts';
import { findTracker, findVanished, joinTracked, letGo } from './tracked.ts';
import { takeSnapshot } from './take-snapshot.ts';
import type { Snapshot, SnapshotSource, Tell } from './take-snapshot.ts';

export interface DumpOptions {
  /** Without the heap. */
  readonly fast: boolean;
  /** With the variables of suspended functions. */
  readonly locals: boolean;
  /** What shown paths are relative to. */
  readonly cwd: string;
  /** Files whose functions are the tracker's own. */
  readonly ownScripts: readonly string[];
  readonly tell: Tell;
}

/** One thread that answers. */
export interface Thread {
  readonly session: Session;
  readonly scripts: Scripts;
  readonly resolve: Resolve;
  readonly facts: DumpProgram;
  readonly recording?: string;
  readonly liveness: Liveness;
}

/** It runs code, or a debugger holds it: where. */
export interface HeldUp {
  readonly kind: 'busy' | 'paused';
  /** Innermost first. */
  readonly stack: readonly HeldFrame[];
}

/** @throws {NoAnswer} when it is in a native call */
export async function openThread(session: Session, cwd: string): Promise<Thread> {
  let paused: Debugger.PausedEventDataType | undefined;
  const stop = session.on('Debugger.paused', (event) => (paused = event));
  const scripts = await listScripts(session);
  stop();
  const liveness = await readLiveness(session, scripts, paused);
  return { session, scripts, resolve: createResolver(scripts, cwd), ...(await readProgramFacts(session)), liveness };
}

/**
 * Absent: its event loop turns.
 *
 * @param locals - with the values of variables, which may hold secrets
 */
export function heldUpOf({ liveness, resolve }: Thread, locals: boolean): HeldUp | undefined {
  if (liveness.kind === 'turning') return undefined;
  const stack = liveness.frames.map((frame) => {
    const { variables } = frame;
    const place = resolve(frame);
    return variables === undefined ? place : { ...place, variables: variables.map(({ name, value }) => (locals ? { name, value } : { name })) };
  });
  return { kind: liveness.kind, stack };
}

export async function takeDump({ session, scripts, resolve, facts }: Thread, options: DumpOptions): Promise<Dump> {
  const { fast, locals, tell, ownScripts } = options;
  const takenAt = new Date().toISOString();
  const objects = new HeapObjects(session);
  const tracker = await findTracker(session);
  if (tracker !== undefined) await letGo(session, tracker);
  const taken = fast ? undefined : await trySnapshot({ session, objects, scripts, ownScripts }, tell);
  const describer = await createDescriber(session);
  const dump = taken?.dump ?? (await takeFastDump({ session, describer, resolve, ...(tracker === undefined ? {} : { tracker }), ...scriptOf(facts) }, taken?.failure));
  dump.program = { ...dump.program, ...facts, takenAt, ...(taken?.pausedMs === undefined ? {} : { pausedMs: Math.round(taken.pausedMs) }) };
  if (taken?.dump !== undefined) {
    const told = (share: number): void => {
      tell({ phase: 'asking', share });
    };
    const fill = async (): Promise<void> => {
      await fillDump(dump, { session, objects, scripts, resolve, describer, locals, tell: told });
      if (facts.traced !== true) return;
      await joinTracked(dump, session, objects, resolve);
      const vanished = tracker === undefined ? [] : await findVanished(session, tracker, resolve);
      if (vanished.length > 0) dump.vanished = vanished;
    };
    await asFarAsAnswered(dump, fill);
    if (objects.missed > 0) dump.caveats = [...dump.caveats, tellMissed(objects.missed)];
  }
  await asFarAsAnswered(dump, () => session.send('Runtime.releaseObjectGroup', { objectGroup: OBJECT_GROUP }));
  return dump;
}

function scriptOf({ command = [] }: DumpProgram): { script?: string } {
  const script = command.find((word) => word.startsWith('/'));
  return script === undefined ? {} : { script };
}

/** The heap has been read: what the program does not tell any more does not take that away. */
async function asFarAsAnswered(dump: Dump, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const caveat = 'The program did not answer all questions behind its heap, or has ended: lines and addresses are missing.';
    if (!dump.caveats.includes(caveat)) dump.caveats = [...dump.caveats, caveat];
  }
}

function tellMissed(count: number): string {
  return `${count} lines and addresses are left out: V8 finds each of them only by a walk over the whole heap, which holds the program up.`;
}

type Tried = Partial<Snapshot> & { readonly failure?: string };

/** What the event loop knows is better than nothing, as long as the program answers. */
async function trySnapshot(source: SnapshotSource, tell: Tell): Promise<Tried> {
  try {
    return await takeSnapshot(source, tell);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
