/** Whether a thread's event loop turns, and where it is held up when it does not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { variablesIn } from './locate.ts';
import type { Variable } from './locate.ts';
import type { Debugger } from './protocol.ts';
import type { Scripts } from './scripts.ts';
import type { Session } from './session.ts';

/** A frame of a stack. Line and column from 1, as generated code has them. */
export interface Frame {
  /** Empty for anonymous functions. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Of the innermost frames that are not Node's. Absent: not read. */
  readonly variables?: readonly Variable[];
}

export type Liveness =
  | { readonly kind: 'turning' }
  /** Innermost frame first. */
  | { readonly kind: 'busy'; readonly frames: readonly Frame[] }
  /** Somebody else's debugger holds it. */
  | { readonly kind: 'paused'; readonly frames: readonly Frame[] };

const ANSWER_WITHIN_MS = 2000;
/** A loop that has not come round in this time is held up. */
const TURN_WITHIN_MS = 1000;
const LOOK_EVERY_MS = 20;
/** A thread that runs code stops within microseconds, once the system lets it run. */
const PAUSE_WITHIN_MS = 500;
const SAMPLES = 3;
/** The program stands still while they are read. */
const MOST_WITH_VARIABLES = 3;
const OWN_SCOPES: ReadonlySet<string> = new Set(['block', 'catch', 'with', 'local']);
/** On a machine that has more to do than it can, a thread may not run for that long. */
const MOST_TRIES = 12;

/** @param scripts - of {@link listScripts}, which must have been called for the session */
export async function readLiveness(session: Session, scripts: Scripts, paused: Debugger.PausedEventDataType | undefined): Promise<Liveness> {
  if (paused !== undefined) return { kind: 'paused', frames: await readFrames(session, paused, scripts) };
  if (await comesRound(session)) return { kind: 'turning' };
  let last: readonly Frame[] | undefined;
  for (let samples = 0, tries = 0; samples < SAMPLES && tries < MOST_TRIES; tries++) {
    const stack = await sampleStack(session, scripts);
    if (stack !== undefined) {
      last = stack;
      samples++;
      await sleep(LOOK_EVERY_MS);
    } else if (await comesRound(session)) return { kind: 'turning' };
  }
  return last === undefined ? { kind: 'turning' } : { kind: 'busy', frames: last };
}

/** The loop has been idle for a moment, or it ran what we gave it. */
async function comesRound(session: Session): Promise<boolean> {
  const idle = 'performance.eventLoopUtilization().idle';
  const until = performance.now() + TURN_WITHIN_MS;
  const before = await evaluate(session, idle);
  while (performance.now() < until) {
    await sleep(LOOK_EVERY_MS);
    const now = await evaluate(session, idle);
    if (typeof now === 'number' && typeof before === 'number' && now > before) return true;
    // Somebody has replaced `performance`: what we do not know is no stall.
    if (typeof now !== 'number') break;
  }
  const turn = session.send('Runtime.evaluate', {
    expression: "new Promise((resolve) => require('node:timers').setImmediate(resolve))",
    includeCommandLineAPI: true,
    awaitPromise: true,
    silent: true,
  }, TURN_WITHIN_MS);
  return turn.then(() => true, () => false);
}

async function evaluate(session: Session, expression: string): Promise<unknown> {
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true, silent: true }, ANSWER_WITHIN_MS);
  return result.value;
}

/** Undefined: no code runs now. */
async function sampleStack(session: Session, scripts: Scripts): Promise<readonly Frame[] | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const paused = new Promise<Debugger.PausedEventDataType | undefined>((resolve) => {
    stop = session.on('Debugger.paused', resolve);
    timer = setTimeout(() => resolve(undefined), PAUSE_WITHIN_MS);
  });
  await session.send('Debugger.setSkipAllPauses', { skip: false }, ANSWER_WITHIN_MS);
  await session.send('Debugger.pause', {}, ANSWER_WITHIN_MS);
  const event = await paused;
  clearTimeout(timer);
  stop();
  const frames = event === undefined ? undefined : await readFrames(session, event, scripts);
  // A pause that has not come yet must not come later.
  const calm = session.on('Debugger.paused', () => void session.send('Debugger.resume', {}).catch(() => undefined));
  await session.send('Debugger.resume', {}, ANSWER_WITHIN_MS).catch(() => undefined);
  await session.send('Debugger.setSkipAllPauses', { skip: true }, ANSWER_WITHIN_MS);
  if (event === undefined) setTimeout(calm, ANSWER_WITHIN_MS).unref();
  else calm();
  return frames;
}

async function readFrames(session: Session, { callFrames }: Debugger.PausedEventDataType, scripts: Scripts): Promise<Frame[]> {
  const frames = callFrames.map(({ functionName, url, location }) => ({
    function: functionName,
    file: scripts.get(location.scriptId)?.url ?? url,
    line: location.lineNumber + 1,
    column: (location.columnNumber ?? 0) + 1,
  }));
  const own = frames.flatMap(({ file }, at) => (file.startsWith('node:') ? [] : [at])).slice(0, MOST_WITH_VARIABLES);
  const variables = new Map<number, readonly Variable[]>();
  for (const at of own) variables.set(at, await variablesOf(session, callFrames[at]?.scopeChain ?? []).catch(() => []));
  return frames.map((frame, at) => {
    const read = variables.get(at) ?? [];
    return read.length === 0 ? frame : { ...frame, variables: read };
  });
}

/** Those of the function and of the blocks that it is in, innermost first: not those of what surrounds it. */
async function variablesOf(session: Session, scopes: readonly Debugger.Scope[]): Promise<Variable[]> {
  const found = new Map<string, Variable>();
  for (const { type, object } of scopes) {
    if (!OWN_SCOPES.has(type) || object.objectId === undefined) break;
    for (const variable of await variablesIn(session, object.objectId)) {
      if (!found.has(variable.name)) found.set(variable.name, variable);
    }
    if (type === 'local') break;
  }
  return [...found.values()];
}
