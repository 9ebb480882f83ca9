/** The judge's thread: it reads the recordings by itself, so that whoever shows them never waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RuleSettings } from '../../../reports/index.ts';
import type { ProgramId } from '../../../tracker/protocol.ts';
import { isAlive } from '../../watch/traced-programs.ts';
import { FollowedFolder } from '../feed/follow-folder.ts';
import { Judge } from './judge.ts';

export interface JudgeSettings {
  readonly directory: string;
  readonly cwd: string;
  readonly rules: Partial<RuleSettings>;
  /** The recording is complete: every rule speaks as soon as it was read. */
  readonly replay: boolean;
}

const LOOK_EVERY_MS = 250;
/** Judging takes at most this share of the time. */
const SHARE = 0.05;

/** That are kept at once. Of a recording that is complete, it may be more. */
const MOST_RECORDS = { live: 80_000, replay: 1_500_000 };
const { directory, cwd, rules, replay } = workerData as JudgeSettings;
const folder = new FollowedFolder(directory);
const judge = new Judge(cwd, rules, replay ? MOST_RECORDS.replay : MOST_RECORDS.live);
let nextCheckMs = 0;

/** Named after its process and its thread. */
function isGone(program: ProgramId): boolean {
  const pid = Number(program.split('-')[0]);
  return replay || (pid > 0 && !isAlive(pid));
}

function look(): void {
  folder.list();
  const more = folder.read(({ program, records }) => judge.add(program, records));
  if (!more) for (const program of judge.running) if (isGone(program)) judge.end(program);
  const began = performance.now();
  // A program that has ended is judged at once: its recording may be gone soon.
  if (judge.isFull || (!more && (judge.hasEnded || began >= nextCheckMs))) {
    const verdict = judge.check();
    nextCheckMs = performance.now() + Math.max(LOOK_EVERY_MS, (performance.now() - began) / SHARE);
    if (verdict !== undefined) parentPort?.postMessage(verdict);
  }
  if (more) setImmediate(look);
  else setTimeout(look, LOOK_EVERY_MS);
}

look();
