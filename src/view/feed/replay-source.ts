/** A recording that is complete, shown as it was made: with a time of its own, which runs, stops, and goes where one wants. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../model/session.ts';
import type { Playing } from '../state/snapshot.ts';
import type { View } from '../state/view.ts';
import { Player } from './player.ts';
import { measure, type Length } from './recording-length.ts';
import { ReplayedFile } from './replayed-file.ts';
import type { Source } from './source.ts';

const EXTENSION = '.jsonl';
/** Of the whole: what one key goes on or back. */
const STEPS = 50;
const LEAST_STEP_MS = 10;

export class ReplaySource implements Source {
  readonly #paths: readonly string[];
  readonly #view: View;
  readonly #length: Length;
  readonly #player: Player;
  #files: ReplayedFile[] = [];
  #verdict: Verdict = { findings: [], final: false };
  #shown = 0;
  #more = false;

  constructor(directory: string, view: View) {
    this.#view = view;
    this.#paths = readdirSync(directory).filter((name) => name.endsWith(EXTENSION)).sort().map((name) => join(directory, name));
    this.#length = measure(this.#paths);
    this.#player = new Player(this.#length.endEpochMs - this.#length.startEpochMs);
    this.#rewind();
  }

  get playing(): Playing {
    return { ...this.#player.state, seeking: this.#more };
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  judge(verdict: Verdict): void {
    this.#verdict = { ...verdict, findings: [...this.#verdict.findings, ...verdict.findings] };
    this.#tellFindings();
  }

  press(key: string): boolean {
    const { prompt, panes } = this.#view.ui;
    if (prompt !== undefined || (panes.length > 0 && (key === 'left' || key === 'right'))) return false;
    const player = this.#player;
    const { endMs } = player.state;
    const step = Math.max(LEAST_STEP_MS, endMs / STEPS);
    switch (key) {
      case 'space':
        player.toggle();
        return true;
      case 'left':
        player.go(player.state.atMs - step);
        return true;
      case 'right':
        player.go(player.state.atMs + step);
        return true;
      case '<':
        player.slower();
        return true;
      case '>':
        player.faster();
        return true;
      case '^':
        player.go(0);
        return true;
      case '$':
        player.go(endMs);
        return true;
      case '[':
        player.go(this.#momentBefore(player.state.atMs) ?? 0);
        return true;
      case ']':
        player.go(this.#momentAfter(player.state.atMs) ?? endMs);
        return true;
      default:
        return false;
    }
  }

  advance(nowMs: number): boolean {
    const atMs = this.#player.advance(nowMs);
    // Back in time: all is read again, up to there.
    if (atMs < this.#shown) this.#rewind();
    this.#shown = atMs;
    const upTo = this.#length.startEpochMs + atMs;
    this.#more = false;
    for (const file of this.#files) this.#more = file.advance(upTo, this.#view) || this.#more;
    if (!this.#more) {
      this.#view.handle({ kind: 'tick', nowMs: upTo });
      if (atMs >= this.#player.state.endMs) this.#endAll();
    }
    this.#tellFindings();
    return this.#more;
  }

  #rewind(): void {
    this.close();
    this.#view.restart();
    this.#view.handle({ kind: 'tick', nowMs: this.#length.startEpochMs });
    this.#files = this.#paths.map((path) => new ReplayedFile(path));
  }

  /** Those without a last word were killed. */
  #endAll(): void {
    for (const program of this.#view.session.programs) {
      if (!program.isOver) this.#view.handle({ kind: 'process', program, alive: false });
    }
  }

  #tellFindings(): void {
    const known = this.#view.session.findings;
    const { findings, final, ...limits } = this.#verdict;
    const verdict = { ...limits, final: final && this.#shown >= this.#player.state.endMs };
    const due = findings.filter((found) => !known.has(found.key) && this.#momentOf(found) <= this.#shown);
    const told = this.#view.session.verdict;
    if (due.length > 0 || told.final !== verdict.final || told.limit !== verdict.limit) {
      this.#view.handle({ kind: 'verdict', verdict: { ...verdict, findings: due } });
    }
  }

  #momentOf({ finding, atMs }: Verdict['findings'][number]): number {
    return (this.#length.starts.get(finding.program) ?? this.#length.startEpochMs) - this.#length.startEpochMs + atMs;
  }

  #momentBefore(atMs: number): number | undefined {
    return this.#moments().findLast((moment) => moment < atMs);
  }

  #momentAfter(atMs: number): number | undefined {
    return this.#moments().find((moment) => moment > atMs);
  }

  #moments(): number[] {
    return this.#verdict.findings.map((found) => this.#momentOf(found)).sort((one, other) => one - other);
  }
}
