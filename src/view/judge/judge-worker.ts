/** The judge's thread: it reads the recordings by itself, so that whoever shows them never waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RuleSettings } from '../../../reports/index.ts';
import { FollowedFolder } from '../feed/follow-folder.ts';
import { Judge } from './judge.ts';

export interface JudgeSettings {
  readonly directory: string;
  readonly cwd: string;
  readonly rules: Partial<RuleSettings>;
}

const LOOK_EVERY_MS = 250;
/** Judging takes at most this share of the time. */
const SHARE = 0.05;

const { directory, cwd, rules } = workerData as JudgeSettings;
const folder = new FollowedFolder(directory);
const judge = new Judge(cwd, rules);
let nextCheckMs = 0;

function look(): void {
  folder.list();
  const more = folder.read(({ program, records }) => judge.add(program, records));
  const began = performance.now();
  // A program that has ended is judged at once: its recording may be gone soon.
  if (!more && (judge.hasEnded || began >= nextCheckMs || judge.isFull)) {
    const verdict = judge.check();
    nextCheckMs = performance.now() + Math.max(LOOK_EVERY_MS, (performance.now() - began) / SHARE);
    if (verdict !== undefined) parentPort?.postMessage(verdict);
  }
  if (judge.isFull) {
    folder.close();
    return;
  }
  if (more) setImmediate(look);
  else setTimeout(look, LOOK_EVERY_MS);
}

look();
