/**
 * Notices from outside that the event loop of a traced program does not turn, and asks it where it
 * stands: the program spends nothing on it while all is well. See `tracker/asked.ts`.
 */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StallQuestion } from '../../tracker/protocol.ts';
import { countWaiting, isPortTaken, listensOn, namesIn } from './sockets.ts';
import { Standing } from './standing.ts';
import { mayBeSignalled, read, readActivity } from './threads.ts';

const HEARS = /^((\d+)-0-\w+)\.hears$/;
/** Where somebody else would have opened it: then the program is debugged, or dumped. */
const USUAL_PORT = 9229;
const LEAST_POLL_MS = 25;
const MOST_POLL_MS = 200;

interface Watched {
  readonly pid: number;
  /** Path of its files without their endings. */
  readonly base: string;
  readonly standing: Standing;
  /** When its event loop was last known to turn. */
  turnedMs: number;
  /** A question has not been answered yet. */
  asking: boolean;
}

/**
 * @param directory - the session's folder
 * @param session - the environment variable by which a process is known to belong to it, with its value
 * @returns ends the watching
 */
export function watchLoops(directory: string, session: string, blockAfterMs: number): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const programs = new Map<string, Watched>();
  const poll = (): void => {
    const names = namesIn(directory).filter((name) => HEARS.test(name));
    for (const name of programs.keys()) if (!names.includes(name)) programs.delete(name);
    for (const name of names) {
      let program = programs.get(name);
      if (program === undefined) programs.set(name, (program = begin(directory, name, blockAfterMs)));
      lookAt(program, session);
    }
  };
  const timer = setInterval(poll, Math.min(MOST_POLL_MS, Math.max(LEAST_POLL_MS, blockAfterMs / 5)));
  return () => {
    clearInterval(timer);
    for (const name of namesIn(directory)) if (/\.(hears|asked)$/.test(name)) rmSync(join(directory, name), { force: true });
  };
}

function begin(directory: string, name: string, blockAfterMs: number): Watched {
  const [, program = '', pid = ''] = HEARS.exec(name) ?? [];
  return { pid: Number(pid), base: join(directory, program), standing: new Standing(blockAfterMs), turnedMs: 0, asking: false };
}

function lookAt(program: Watched, session: string): void {
  const { pid, standing } = program;
  const activity = readActivity(pid);
  if (activity === undefined) return;
  const nowMs = performance.now();
  const due = standing.look(nowMs, activity, hasTurned(program)) && !program.asking;
  if (!standing.isSuspect(nowMs)) return;
  const waiting = countWaiting(pid);
  const waitingMs = standing.waitingMs(nowMs, waiting);
  if (!due || !ask(program, session, { waiting, waitingMs })) return;
  program.asking = true;
  standing.asked(nowMs);
}

/** Whether its event loop has turned since the last look. */
function hasTurned(program: Watched): boolean {
  if (program.asking) program.asking = existsSync(`${program.base}.asked`);
  const { mtimeMs } = statSync(`${program.base}.hears`, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  const turned = mtimeMs !== program.turnedMs;
  program.turnedMs = mtimeMs;
  return turned;
}

function ask({ pid, base }: Watched, session: string, question: StallQuestion): boolean {
  const port = Number(read(`${base}.hears`) || Number.NaN);
  if (Number.isNaN(port) || isPortTaken(pid, port) || listensOn(pid, USUAL_PORT) || !mayBeSignalled(pid, session)) return false;
  writeFileSync(`${base}.asked`, JSON.stringify(question), { mode: 0o600 });
  // What has come to wait for something else since might be cut short.
  const activity = readActivity(pid);
  if (activity === 'idle' || activity === 'held' || !existsSync(`${base}.hears`)) {
    rmSync(`${base}.asked`, { force: true });
    return false;
  }
  process.kill(pid, 'SIGUSR1');
  return true;
}
